import { FileSearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { LinkButton } from '../../components/link-button.tsx';
import { NothingYet } from '../../components/nothing-yet.tsx';
import { useTexts } from '../../i18n/index.ts';
import { FollowButton } from './follow-button.tsx';
import { searchTexts } from './i18n.ts';
import { NearHits } from './near-hits.tsx';
import type { Found } from './queries.ts';
import { countChosen, type Question } from './question.ts';
import styles from './zero-hits.module.css';

interface Props {
  question: Question;
  neighbours: NonNullable<Found['neighbours']>;
  onClear: () => void;
}

/** Nothing was found: what was understood, what to loosen, what comes near. */
export function ZeroHits({ question, neighbours, onClear }: Props) {
  const t = useTexts(searchTexts);
  const narrowed = countChosen(question) > 0;
  if (question.q === '' && !narrowed)
    return <NothingYet title={t('empty.title')} hint={t('empty.hint')} picture={<FileSearchOutlined />} />;
  return (
    <>
      <NothingYet
        title={t('none.title')}
        picture={<FileSearchOutlined />}
        hint={
          <>
            {question.q !== '' && <p>{t('none.asked', { q: question.q })}</p>}
            <p>{narrowed ? t('none.filtered') : t('none.loosen')}</p>
            {neighbours.length > 0 && (
              <div className={styles.neighbours}>
                <p>{t('none.neighbours')}</p>
                <ul>
                  {neighbours.map(({ vocabulary, code, label }) => (
                    <li key={`${vocabulary}:${code}`}>
                      <Link className={styles.neighbour} to={`/search?${new URLSearchParams({ q: label })}`}>
                        {label}
                      </Link>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </>
        }
        action={
          <div className={styles.actions}>
            {narrowed ? (
              <Button type="primary" onClick={onClear}>
                {t('none.clear')}
              </Button>
            ) : (
              <LinkButton to="/search">{t('none.all')}</LinkButton>
            )}
            <LinkButton to="/collections">{t('none.sets')}</LinkButton>
            <FollowButton question={question} />
          </div>
        }
      />
      <NearHits question={question} />
    </>
  );
}
