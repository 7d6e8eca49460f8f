import { DeleteOutlined, EditOutlined, ExclamationCircleOutlined, EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Preview } from '../../../api/content.ts';
import { failureOf, remarkOn } from '../../../api/failure.ts';
import { previewsQuery } from '../../../api/previews.ts';
import { familyOf, familyTexts } from '../../../components/file-family.ts';
import { FileIcon } from '../../../components/file-icon.tsx';
import { FileSize, formatSize } from '../../../components/file-size.tsx';
import { say } from '../../../components/say.ts';
import { SortableList } from '../../../components/sortable-list.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { FilePicture, whyNoPicture } from '../file-picture.tsx';
import { SetAside } from '../set-aside.tsx';
import styles from './file-list.module.css';
import { draftTexts } from './i18n.ts';
import { type Resource, useArrangeFiles } from './queries.ts';
import { Rename } from './rename.tsx';
import type { Removal } from './use-removal.ts';

type File = Resource['files'][number];

interface Props {
  resource: Resource;
  removal: Removal;
  /** Opens a file to look at it. */
  onOpen: (path: string) => void;
  /** Files on their way into it, below those that have arrived. */
  children?: ReactNode;
}

/** The files of a draft: put in order, renamed in place, removed with a way back. */
export function FileList({ resource, removal, onOpen, children }: Props) {
  const t = useTexts(draftTexts);
  const language = useLanguage();
  const { data: previews } = useQuery(previewsQuery(resource.id, 'draft'));
  const arrange = useArrangeFiles(resource.id);
  const [renaming, setRenaming] = useState<string>();
  /** The file whose button gets the focus back, unless the author has gone elsewhere. */
  const [renamed, setRenamed] = useState<string>();
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
            <button
              type="button"
              className={styles.look}
              tabIndex={-1}
              aria-hidden="true"
              onClick={() => onOpen(file.path)}
            >
              <FilePicture preview={previews?.get(file.path)}>
                <FileIcon path={file.path} />
              </FilePicture>
            </button>
            {renaming === file.path ? (
              <Rename
                path={file.path}
                onSave={(to, isByKey) => {
                  setRenamed(isByKey ? to : undefined);
                  return arrange.mutateAsync({ rename: [{ from: file.path, to }] });
                }}
                onEnd={(isByKey) => {
                  setRenaming(undefined);
                  if (isByKey) setRenamed(file.path);
                }}
              />
            ) : (
              <span className={styles.name}>
                <button type="button" className={styles.look} onClick={() => onOpen(file.path)}>
                  {file.path}
                </button>
                <SetAside preview={previews?.get(file.path)} />
                <Told path={file.path} preview={previews?.get(file.path)} />
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
                  autoFocus={renamed === file.path}
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

/**
 * Why there is nothing to see of a file, or less than could be; otherwise what an author may do so that readers see more
 * before they download.
 */
function Told({ path, preview }: { path: string; preview: Preview | undefined }) {
  const t = useTexts(draftTexts);
  const families = useTexts(familyTexts);
  const family = familyOf(path);
  const isOpen = preview !== undefined && preview.setAside === undefined;
  const wrong =
    whyNoPicture(preview) ?? (isOpen ? (failureOf(preview.made) ?? remarkOn(preview.made)) : undefined);
  const advice = preview?.can.includes('encode')
    ? t('files.encode')
    : family && families(`${family}.instead`);
  if (wrong === undefined && !advice) return null;
  return (
    <span className={styles.told}>
      {wrong !== undefined && <ExclamationCircleOutlined className={styles.wrong} aria-hidden="true" />}
      {wrong ?? advice}
    </span>
  );
}
