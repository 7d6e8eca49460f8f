import { CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import styles from './drop-zone.module.css';
import { type Dropped, droppedIn, pickedIn } from './dropped.ts';
import { uploadTexts } from './i18n.ts';

interface Props {
  onFiles: (dropped: Dropped[]) => void;
  disabled?: boolean;
}

/** While it is there, the whole window takes files and folders. With `asks`, several begin with a question. */
export function WholePageDrop({ onFiles, disabled = false, asks = false }: Props & { asks?: boolean }) {
  const t = useTexts(uploadTexts);
  const [count, setCount] = useState(0);
  const take = useRef(onFiles);
  take.current = onFiles;

  useEffect(() => {
    if (disabled) return;
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setCount(event.dataTransfer?.items.length ?? 1);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setCount(0);
    };
    const onDrop = (event: DragEvent) => {
      setCount(0);
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void droppedIn(event.dataTransfer).then((dropped) => dropped.length > 0 && take.current(dropped));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [disabled]);

  if (count === 0) return null;
  return (
    <div className={styles.veil}>
      <p>
        <CloudUploadOutlined aria-hidden="true" />
        {t(asks && count > 1 ? 'drop.ask' : 'drop.now')}
      </p>
    </div>
  );
}

/** Buttons for those who would rather pick than drag. */
export function PickButtons({ onFiles, primary = false }: Props & { primary?: boolean }) {
  const t = useTexts(uploadTexts);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const pick = (input: HTMLInputElement) => {
    const picked = pickedIn(input.files);
    input.value = '';
    if (picked.length > 0) onFiles(picked);
  };
  return (
    <>
      <input ref={files} type="file" multiple hidden onChange={({ target }) => pick(target)} />
      <input
        ref={(input) => {
          folder.current = input;
          if (input) input.webkitdirectory = true;
        }}
        type="file"
        hidden
        onChange={({ target }) => pick(target)}
      />
      <Button
        type={primary ? 'primary' : 'default'}
        size={primary ? 'large' : 'middle'}
        onClick={() => files.current?.click()}
      >
        {primary ? t('drop.files') : t('drop.more')}
      </Button>
      <Button size={primary ? 'large' : 'middle'} onClick={() => folder.current?.click()}>
        {t('drop.folder')}
      </Button>
    </>
  );
}

/** The large invitation of the upload page. */
export function DropInvitation({ onFiles, children }: Props & { children?: ReactNode }) {
  const t = useTexts(uploadTexts);
  return (
    <div className={styles.invitation}>
      <CloudUploadOutlined aria-hidden="true" className={styles.cloud} />
      <h2>{t('drop.title')}</h2>
      <p className={styles.hint}>{t('drop.hint')}</p>
      <div className={styles.buttons}>
        <PickButtons primary onFiles={onFiles} />
      </div>
      <p className={styles.formats}>{t('drop.formats')}</p>
      {children}
    </div>
  );
}
