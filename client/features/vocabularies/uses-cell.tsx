import { Link } from 'react-router';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term } from './queries.ts';
import { searchFor, type TermUses } from './uses.ts';
import styles from './uses-cell.module.css';

/** How many resources have a term: those that are published lead to them. */
export function UsesCell({ term, uses }: { term: Term; uses: TermUses }) {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const { published, drafts } = uses;
  const count = new Intl.NumberFormat(language).format(published);
  const name = labelOf(term, language);
  return (
    <>
      {published > 0 ? (
        <Link className={styles.found} to={searchFor(term)} aria-label={t('uses.of', { count, name })}>
          {count}
        </Link>
      ) : (
        <span className={styles.unused}>{count}</span>
      )}
      {drafts > 0 && <span className={styles.drafts}>{t('uses.drafts', { count: drafts })}</span>}
    </>
  );
}
