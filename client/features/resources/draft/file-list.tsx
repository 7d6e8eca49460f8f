import { DeleteOutlined, EditOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { previewsQuery } from '../../../api/content.ts';
import { FileIcon } from '../../../components/file-icon.tsx';
import { FileSize, formatSize } from '../../../components/file-size.tsx';
import { say } from '../../../components/say.ts';
import { SortableList } from '../../../components/sortable-list.tsx';
import { shell, useLanguage, useTexts } from '../../../i18n/index.ts';
import { SetAside } from '../set-aside.tsx';
import styles from './file-list.module.css';
import { draftTexts } from './i18n.ts';
import { type Resource, useArrangeFiles, useRemoveFile } from './queries.ts';

type File = Resource['files'][number];
const timeToUndo = 6000;

interface Props {
  resource: Resource;
  /** Opens a file to look at it. */
  onOpen: (path: string) => void;
  /** Files on their way into it, below those that have arrived. */
  children?: ReactNode;
}

/** The files of a draft: put in order, renamed in place, removed with a way back. */
export function FileList({ resource, onOpen, children }: Props) {
  const t = useTexts(draftTexts);
  const language = useLanguage();
  const { data: previews } = useQuery(previewsQuery(resource.id, 'draft'));
  const arrange = useArrangeFiles(resource.id);
  const removal = useRemoval(resource.id);
  const [renaming, setRenaming] = useState<string>();
  const editable = resource.can.includes('edit');
  const files = resource.files.filter(({ path }) => !removal.hidden.has(path));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const complain = (error: Error) => say(error.message);

  return (
    <div className={styles.box}>
      {files.length > 0 && (
        <p className={styles.sum}>
          {t('files.count', { count: files.length, size: formatSize(bytes, language) })}
        </p>
      )}
      <SortableList<File>
        label={t('files.list')}
        items={files}
        keyOf={({ path }) => path}
        nameOf={({ path }) => path}
        disabled={!editable || files.length < 2}
        onReorder={(order) => arrange.mutate({ order: order.map(({ path }) => path) }, { onError: complain })}
      >
        {(file, handle) => (
          <div className={styles.row}>
            {handle}
            <FileIcon path={file.path} />
            {renaming === file.path ? (
              <Rename
                path={file.path}
                onEnd={(to) => {
                  setRenaming(undefined);
                  if (to && to !== file.path)
                    arrange.mutate({ rename: [{ from: file.path, to }] }, { onError: complain });
                }}
              />
            ) : (
              <span className={styles.name}>
                {file.path}
                <SetAside preview={previews?.get(file.path)} />
              </span>
            )}
            {file.isCover && <span className={styles.mark}>{t('files.cover')}</span>}
            {file.annotations && (
              <span className={styles.mark}>{t('files.labels', { count: file.annotations.length })}</span>
            )}
            <span className={styles.size}>
              <FileSize bytes={file.size} />
            </span>
            <Button
              type="text"
              icon={<EyeOutlined />}
              aria-label={t('files.look', { name: file.path })}
              onClick={() => onOpen(file.path)}
            />
            {editable && renaming !== file.path && (
              <span className={styles.actions}>
                <Button
                  type="text"
                  icon={<EditOutlined />}
                  aria-label={t('files.rename', { name: file.path })}
                  onClick={() => setRenaming(file.path)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('files.remove', { name: file.path })}
                  onClick={() => removal.remove(file.path)}
                />
              </span>
            )}
          </div>
        )}
      </SortableList>
      {children}
    </div>
  );
}

function Rename({ path, onEnd }: { path: string; onEnd: (to?: string) => void }) {
  const t = useTexts(draftTexts);
  const [name, setName] = useState(path);
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault();
        onEnd(name.trim());
      }}
    >
      <Input
        autoFocus
        size="small"
        aria-label={t('files.renamed')}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onFocus={({ target }) => target.setSelectionRange(path.lastIndexOf('/') + 1, stemEnd(path))}
        onKeyDown={({ key }) => key === 'Escape' && onEnd()}
        onBlur={() => onEnd(name.trim())}
      />
    </form>
  );
}

const stemEnd = (path: string) => {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? dot : path.length;
};

/** Removing waits a moment in which it can be undone; leaving the page makes it happen at once. */
function useRemoval(id: string) {
  const t = useTexts(draftTexts);
  const words = useTexts(shell);
  const remove = useRemoveFile(id);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const last = useRef(remove.mutate);
  last.current = remove.mutate;

  function show(path: string) {
    setHidden((now) => new Set([...now].filter((other) => other !== path)));
  }

  function act(path: string) {
    waiting.current.delete(path);
    last.current(path, {
      onError: (error) => say(error.message),
      onSettled: () => show(path),
    });
  }

  useEffect(() => {
    const open = waiting.current;
    return () => {
      for (const [path, timer] of open) {
        clearTimeout(timer);
        last.current(path);
      }
      open.clear();
    };
  }, []);

  return {
    hidden,
    remove(path: string) {
      setHidden((now) => new Set([...now, path]));
      waiting.current.set(
        path,
        setTimeout(() => act(path), timeToUndo),
      );
      say(t('files.removed', { name: path }), {
        label: words('undo'),
        run: () => {
          clearTimeout(waiting.current.get(path));
          waiting.current.delete(path);
          show(path);
        },
      });
    },
  };
}
