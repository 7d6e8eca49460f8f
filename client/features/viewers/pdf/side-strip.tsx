import { Segmented } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import { Outline, useOutline } from './outline.tsx';
import type { OpenPdf } from './pdf-document.ts';
import styles from './side-strip.module.css';
import { Thumbnails } from './thumbnails.tsx';

interface Props {
  open: OpenPdf;
  /** The page that is read. */
  page: number;
  onPage: (page: number) => void;
}

/** The way through a document beside its pages: small pictures of them, and its outline when it has one. */
export function SideStrip({ open, page, onPage }: Props) {
  const t = useTexts(viewerTexts);
  const outline = useOutline(open.pdf);
  const [shown, show] = useState<'pages' | 'outline'>('pages');
  return (
    <div className={styles.strip}>
      {outline && outline.length > 0 && (
        <Segmented
          block
          size="small"
          className={styles.choice}
          value={shown}
          onChange={show}
          options={[
            { value: 'pages', label: t('side.pages') },
            { value: 'outline', label: t('side.outline') },
          ]}
        />
      )}
      {shown === 'outline' && outline ? (
        <Outline pdf={open.pdf} entries={outline} onPage={onPage} />
      ) : (
        <Thumbnails open={open} page={page} onPage={onPage} />
      )}
    </div>
  );
}
