import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { formatSize } from '../../../components/file-size.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useLanguage, useTexts } from '../../../i18n/index.ts';
import { useTouch } from '../../../theme/appearance.ts';
import { nameOf, type Viewable } from '../kinds.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import { choiceFor } from './choice.ts';
import { modelTexts } from './i18n.ts';
import styles from './once-weighed.module.css';

interface Props {
  file: Viewable;
  /** @param src address of the copy that this device shows */
  children: (src: string) => ReactNode;
}

/** A model, once it is known that this device can show it; otherwise what keeps it from being opened. */
export function OnceWeighed({ file, children }: Props) {
  const t = useTexts(modelTexts);
  const language = useLanguage();
  const choice = choiceFor(file, useTouch());
  const [isAsked, setAsked] = useState(false);
  if (choice.does === 'open' || (choice.does === 'ask' && isAsked)) return children(choice.src);
  if (choice.does === 'fail') return <NotOpened because={file.failure} />;
  const weight = file.model?.whole ?? file.model?.light;
  const figures = {
    parts: weight?.parts ?? 0,
    triangles: weight?.triangles ?? 0,
    memory: formatSize(weight?.textureMemory ?? 0, language),
  };
  return (
    <Notice
      role="status"
      picture={file.poster && <img className={styles.poster} src={file.poster} alt={nameOf(file.path)} />}
      title={t(`not-started.${choice.because}`)}
      detail={t(`not-started.${choice.because}.detail`, figures)}
      actions={
        choice.does === 'ask' && <Button onClick={() => setAsked(true)}>{t('not-started.open')}</Button>
      }
    />
  );
}
