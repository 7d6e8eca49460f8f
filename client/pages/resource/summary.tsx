import { Button } from 'antd';
import { useState } from 'react';
import { resourceTexts } from '../../features/resources/i18n.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './summary.module.css';

/** Characters beyond which a summary is folded. */
const long = 180;

export function Summary({ text }: { text: string }) {
  const t = useTexts(resourceTexts);
  const [whole, setWhole] = useState(false);
  if (text === '') return null;
  return (
    <div>
      <p className={whole ? styles.whole : styles.folded}>{text}</p>
      {text.length > long && (
        <Button type="link" size="small" className={styles.more} onClick={() => setWhole(!whole)}>
          {whole ? t('see-less') : t('see-more')}
        </Button>
      )}
    </div>
  );
}
