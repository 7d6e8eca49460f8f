import { CheckOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useState } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { FilterBox } from '../../../components/filter-box.tsx';
import { KindMark } from '../../../components/kind-mark.tsx';
import { ProblemView } from '../../../components/problem-view.tsx';
import { say } from '../../../components/say.ts';
import { TextSkeleton } from '../../../components/skeletons.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './finder.module.css';
import { editorTexts } from './i18n.ts';
import { findQuery } from './queries.ts';
import type { SetInHand } from './use-set.ts';

/** Finds resources and puts them in with one click each. */
export function Finder({ inHand: { set, change } }: { inHand: SetInHand }) {
  const t = useTexts(editorTexts);
  const [typed, setTyped] = useState('');
  const [section, setSection] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data, error, isLoading, refetch } = useQuery(findQuery(q));
  const there = new Set(set.items.map(({ resource }) => resource));
  const target = set.sections.some(({ id }) => id === section) ? section : '';
  return (
    <section className={styles.finder} aria-label={t('find')}>
      <h2>{t('find')}</h2>
      <FilterBox label={t('find.placeholder')} value={typed} onChange={setTyped} />
      {set.sections.length > 0 && (
        <div className={styles.to}>
          <span className={styles.quiet}>{t('section.to')}</span>
          <Choice
            label={t('section.to')}
            value={target}
            options={[
              { value: '', label: t('section.first') },
              ...set.sections.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={setSection}
          />
        </div>
      )}
      {q === '' && <p className={styles.quiet}>{t('find.hint')}</p>}
      {isLoading && <TextSkeleton lines={3} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {q !== '' && data?.length === 0 && <p className={styles.quiet}>{t('find.none')}</p>}
      {q !== '' && data && data.length > 0 && (
        <ul>
          {data.map((card) => {
            const { id, kind, title } = card;
            return (
              <li key={id} className={styles.hit}>
                <span className={styles.words}>
                  <KindMark kind={kind} />
                  <span className={styles.title}>{title}</span>
                </span>
                <Button
                  type="text"
                  icon={there.has(id) ? <CheckOutlined /> : <PlusOutlined />}
                  disabled={there.has(id)}
                  aria-label={there.has(id) ? `${title} ${t('find.in')}` : t('find.add', { name: title })}
                  onClick={() => {
                    const item = {
                      resource: id,
                      section: target || null,
                      note: '',
                      card,
                      isHiddenFromSome: false,
                    };
                    change({ what: 'item-added', item, before: null });
                    say(t('added', { name: title }));
                  }}
                />
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
