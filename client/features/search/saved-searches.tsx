import { BellOutlined, CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge } from 'antd';
import { Link } from 'react-router';
import type { SavedSearch } from '../../../server/search/contract.ts';
import { useMe } from '../../api/me.ts';
import { useTexts } from '../../i18n/index.ts';
import { searchTexts } from './i18n.ts';
import { savedQuery, useSavedSearches } from './queries.ts';
import { addressOf, countChosen, questionOf } from './question.ts';
import styles from './saved-searches.module.css';

/** The searches that one follows, with how much is new; with `onlyFresh`, those that have something new. */
export function SavedSearches({ onlyFresh = false }: { onlyFresh?: boolean }) {
  const t = useTexts(searchTexts);
  const { me } = useMe();
  const { data } = useQuery({ ...savedQuery, enabled: me !== undefined });
  const { forget, seen } = useSavedSearches();
  const shown = (data?.items ?? []).filter(({ fresh }) => !onlyFresh || (fresh ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles.saved} aria-label={t('saved')}>
      <span className={styles.name}>
        <BellOutlined aria-hidden="true" /> {t('saved')}
      </span>
      <ul>
        {shown.map((saved) => (
          <li key={saved.id} className={styles.one}>
            <Link
              to={`/search?${addressOf(questionOf(saved))}`}
              onClick={() => saved.fresh && seen.mutate(saved.id)}
            >
              {nameOf(saved, t('saved.all'))}
              {saved.fresh ? (
                <Badge count={saved.fresh} title={t('saved.fresh', { count: saved.fresh })} />
              ) : null}
            </Link>
            {!onlyFresh && (
              <button
                type="button"
                className={styles.forget}
                aria-label={t('saved.forget', { name: nameOf(saved, t('saved.all')) })}
                onClick={() => forget.mutate(saved.id)}
              >
                <CloseOutlined aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Its words and how many filters it has. */
function nameOf(saved: SavedSearch, all: string): string {
  const question = questionOf(saved);
  const { q } = question;
  const filters = countChosen(question);
  return `${q === '' ? all : q}${filters > 0 ? ` +${filters}` : ''}`;
}
