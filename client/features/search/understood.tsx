import { Link } from 'react-router';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import type { Found } from './queries.ts';
import { addressOf, type Question } from './question.ts';
import styles from './understood.module.css';

/** How the question was taken, when it was not taken word for word. */
export function Understood({ question, found }: { question: Question; found: Found }) {
  const t = useTexts(searchTexts);
  const { didYouMean, strictness, degraded, missing = [] } = found;
  const words = missing.map((word) => t('missing.word', { word })).join(t('missing.and'));
  const hasHits = found.total > 0;
  return (
    <>
      {degraded && <p className={styles.line}>{t('degraded')}</p>}
      {didYouMean && (
        <p className={styles.line}>
          {didYouMean.answered ? (
            t('answered-instead', { q: question.q, text: didYouMean.text })
          ) : (
            <>
              {t('did-you-mean')}{' '}
              <Link to={`/search?${addressOf({ ...question, q: didYouMean.text })}`}>{didYouMean.text}</Link>
            </>
          )}
        </p>
      )}
      {hasHits && !didYouMean?.answered && strictness !== 'words' && (
        <p className={styles.line}>{words ? t('missing', { words }) : t(`loosened.${strictness}`)}</p>
      )}
    </>
  );
}
