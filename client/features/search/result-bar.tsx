import { AppstoreOutlined, BarsOutlined, FilterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { type Sort, sorts } from '../../../server/search/contract.ts';
import { Choice } from '../../components/choice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { FollowButton } from './follow-button.tsx';
import { searchTexts } from './i18n.ts';
import { countChosen, type Question } from './question.ts';
import styles from './result-bar.module.css';

export type HitView = 'cards' | 'list';

/** Cards or a list, as it was chosen the last time; on a phone a list, unless told. */
export function useHitView(): [HitView, (view: HitView) => void] {
  const [view, setView] = useState<HitView>(() => {
    const stored = localStorage.getItem('hit-view');
    if (stored === 'list' || stored === 'cards') return stored;
    return window.matchMedia('(max-width: 640px)').matches ? 'list' : 'cards';
  });
  return [
    view,
    (chosen) => {
      localStorage.setItem('hit-view', chosen);
      setView(chosen);
    },
  ];
}

interface Props {
  /** Not known while the first answer is on its way. */
  total: number | undefined;
  question: Question;
  view: HitView;
  onView: (view: HitView) => void;
  onSort: (sort: Sort) => void;
  onFilters: () => void;
}

/** How many there are, in which order, and how they are shown. */
export function ResultBar({ total, question, view, onView, onSort, onFilters }: Props) {
  const t = useTexts(searchTexts);
  if (total === 0 && countChosen(question) === 0) return null;
  const chosen = countChosen(question);
  const icons = { cards: <AppstoreOutlined />, list: <BarsOutlined /> };
  return (
    <div className={styles.bar}>
      <p className={styles.total} role="status">
        {total !== undefined && t('found', { count: total })}
      </p>
      <Button className={styles.filters} icon={<FilterOutlined />} onClick={onFilters}>
        {chosen > 0 ? t('filters.chosen', { count: chosen }) : t('filters')}
      </Button>
      <FollowButton question={question} />
      <Choice
        label={t('sort')}
        value={question.sort ?? (question.q === '' ? 'newest' : 'relevance')}
        options={sorts.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
        onChange={onSort}
      />
      <div className={styles.views}>
        {(['cards', 'list'] as const).map((one) => (
          <Button
            key={one}
            type={view === one ? 'default' : 'text'}
            icon={icons[one]}
            aria-label={t(`view.${one}`)}
            aria-pressed={view === one}
            onClick={() => onView(one)}
          />
        ))}
      </div>
    </div>
  );
}
