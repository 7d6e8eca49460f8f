import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { ProblemView } from '../../components/problem-view.tsx';
import { say } from '../../components/say.ts';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { useTexts } from '../../i18n/index.ts';
import { collectionTexts } from './i18n.ts';
import { shelvesForQuery, useMakeShelf, usePutOnShelf } from './queries.ts';
import styles from './shelf-dialog.module.css';

/** Which of one's shelves a resource stands on; a new shelf needs only a name. */
export function ShelfDialog({ resource, onClose }: { resource: string; onClose: () => void }) {
  const t = useTexts(collectionTexts);
  const { data, error, isPending, refetch } = useQuery(shelvesForQuery(resource));
  const put = usePutOnShelf(resource);
  const make = useMakeShelf(resource);
  const [title, setTitle] = useState('');
  const problem = put.error ?? make.error;

  function add(event: React.FormEvent) {
    event.preventDefault();
    if (title.trim() === '') return;
    make.mutate(title.trim(), {
      onSuccess: () => {
        say(t('added'));
        onClose();
      },
    });
  }

  return (
    <Modal
      open
      title={t('choose-shelf')}
      width={440}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('done')}</Button>}
    >
      {isPending && <TextSkeleton lines={2} />}
      {error && <ProblemView problem={error} onRetry={refetch} />}
      {data && (
        <>
          {data.shelves.length === 0 && <p>{t('no-shelf')}</p>}
          <ul className={styles.shelves}>
            {data.shelves.map(({ id, title: name, itemCount }) => (
              <li key={id} className={styles.shelf}>
                <Checkbox
                  checked={data.holding.has(id)}
                  disabled={put.isPending}
                  onChange={({ target }) =>
                    put.mutate(
                      { shelf: id, on: target.checked },
                      { onSuccess: () => say(t(target.checked ? 'added' : 'removed')) },
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
              placeholder={t('new-shelf')}
              aria-label={t('new-shelf')}
              onChange={(event) => setTitle(event.target.value)}
            />
            <Button htmlType="submit" loading={make.isPending} disabled={title.trim() === ''}>
              {t('make-shelf')}
            </Button>
          </form>
          {problem && (
            <p role="alert" className={styles.problem}>
              {problem.message}
            </p>
          )}
        </>
      )}
    </Modal>
  );
}
