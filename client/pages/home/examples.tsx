import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type Language, useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './examples.module.css';
import { homeTexts } from './i18n.ts';
import { newestQuery } from './queries.ts';

const most = 3;
const longest = 24;

/** Words alone: nothing that means something else in a question, and no number of a standard. */
const plain = /^\p{L}+( \p{L}+)*$/u;
const han = /\p{Script=Han}/u;
const isReadIn = (language: Language, word: string) => han.test(word) === (language === 'zh-CN');

/**
 * Three questions that find something, as teachers ask: the commonest tags of what the reader may see, in the reader's
 * own writing; where there are too few, the commonest courses.
 */
export function Examples() {
  const t = useTexts(homeTexts);
  const language = useLanguage();
  const { data } = useQuery(newestQuery([]));
  const { tag = [], course = [] } = data?.facets ?? {};
  const groups = new Set(course.map(({ parent }) => parent));
  const courses = course.filter(({ value }) => !groups.has(value));
  const words = [tag, courses]
    .flatMap((counted) => counted.toSorted((a, b) => b.count - a.count))
    .map(({ label }) => label)
    .filter((word) => word.length <= longest && plain.test(word) && isReadIn(language, word));
  const asked = [...new Set(words)].slice(0, most);
  return (
    <p className={styles.examples}>
      {asked.length > 0 && t('try')}
      {asked.map((word) => (
        <Link key={word} className={styles.term} to={`/search?${new URLSearchParams({ q: word })}`}>
          {word}
        </Link>
      ))}
    </p>
  );
}
