import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { say } from '../../components/say.ts';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useTexts } from '../../i18n/index.ts';
import styles from './collect-dialog.module.css';
import { collectionTexts } from './i18n.ts';
import { type Base, setsForQuery, useMake, usePut } from './queries.ts';

interface Props {
  base: Base;
  resource: string;
  onClose: () => void;
}

/** Which of one's shelves, or of the collections that one keeps, hold a resource; a new one needs only a name. */
export function CollectDialog({ base, resource, onClose }: Props) {
  const t = useTexts(collectionTexts);
  const { data, error, isPending, refetch } = useQuery(setsForQuery(base, resource));
  const put = usePut(base, resource);
  const make = useMake(base, resource);
  const [title, setTitle] = useState('');
  const problem = put.error ?? make.error;

  function add(event: React.FormEvent) {
    event.preventDefault();
    if (title.trim() === '') return;
    make.mutate(title.trim(), {
      onSuccess: () => {
        say(t(`${base}.added`));
        onClose();
      },
    });
  }

  return (
    <Dialog
      title={t(`${base}.choose`)}
      width={440}
      onEnd={onClose}
      foot={<Button onClick={onClose}>{t('done')}</Button>}
    >
      {isPending && <TextSkeleton lines={2} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && (
        <>
          {data.sets.length === 0 && <p>{t(`${base}.first`)}</p>}
          <ul className={styles.sets}>
            {data.sets.map(({ id, title: name, itemCount }) => (
              <li key={id} className={styles.set}>
                <Checkbox
                  checked={data.holding.has(id)}
                  disabled={put.isPending}
                  onChange={({ target }) =>
                    put.mutate(
                      { set: id, on: target.checked },
                      { onSuccess: () => say(t(target.checked ? `${base}.added` : `${base}.removed`)) },
                    )
                  }
                >
                  {name}
                </Checkbox>
                <span className={styles.count}>{t('items', { count: itemCount })}</span>
              </li>
            ))}
          </ul>
          <form className={styles.make} onSubmit={add}>
            <Input
              value={title}
              maxLength={120}
              placeholder={t(`${base}.new`)}
              aria-label={t(`${base}.new`)}
              onChange={(event) => setTitle(event.target.value)}
            />
            <Button htmlType="submit" loading={make.isPending} disabled={title.trim() === ''}>
              {t('make')}
            </Button>
          </form>
          {problem && (
            <p role="alert" className={styles.problem}>
              {problem.message}
            </p>
          )}
        </>
      )}
    </Dialog>
  );
}
