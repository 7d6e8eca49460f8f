import { FileSearchOutlined } from '@ant-design/icons';
import { useTexts } from '../../../i18n/index.ts';
import styles from './description-form.module.css';
import { draftTexts } from './i18n.ts';

/** Beside a field whose value was read from the files, for its author to check. */
export function FromFile() {
  const t = useTexts(draftTexts);
  return (
    <span className={styles.read}>
      <FileSearchOutlined aria-hidden="true" /> {t('from-file')}
    </span>
  );
}
