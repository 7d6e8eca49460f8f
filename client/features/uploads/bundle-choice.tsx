import { AppstoreOutlined, FolderOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { formatSize } from '../../components/file-size.tsx';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import styles from './bundle-choice.module.css';
import type { Dropped } from './dropped.ts';
import { uploadTexts } from './i18n.ts';
import { asOne, type Bundle, bundlesIn, titleOf } from './reading.ts';

interface Props {
  dropped: readonly Dropped[];
  onChoose: (bundles: Bundle[]) => void;
  onAgain: () => void;
}

const shown = 5;

/** Several files at once: one resource of all, or one of each. */
export function BundleChoice({ dropped, onChoose, onAgain }: Props) {
  const t = useTexts(uploadTexts);
  const language = useLanguage();
  const many = bundlesIn(dropped);
  const one = asOne(dropped);
  const bytes = (bundle: Bundle) => bundle.files.reduce((sum, { file }) => sum + file.size, 0);
  const files = (bundle: Bundle) =>
    t('plan.files', { count: bundle.files.length, size: formatSize(bytes(bundle), language) });

  return (
    <section className={styles.choice}>
      <h2>{t('plan.title', { count: dropped.length })}</h2>
      <div className={styles.ways}>
        <button type="button" className={styles.way} onClick={() => onChoose(many)}>
          <AppstoreOutlined aria-hidden="true" className={styles.icon} />
          <strong>{t('plan.many', { count: many.length })}</strong>
          <span className={styles.quiet}>{t('plan.many.hint')}</span>
          <span className={styles.sample}>
            {many.slice(0, shown).map((bundle) => (
              <span key={bundle.name}>
                {titleOf(bundle.name)} <span className={styles.quiet}>{files(bundle)}</span>
              </span>
            ))}
            {many.length > shown && (
              <span className={styles.quiet}>{t('plan.and-more', { count: many.length - shown })}</span>
            )}
          </span>
        </button>
        <button type="button" className={styles.way} onClick={() => onChoose([one])}>
          <FolderOutlined aria-hidden="true" className={styles.icon} />
          <strong>{t('plan.one')}</strong>
          <span className={styles.quiet}>{t('plan.one.hint')}</span>
          <span className={styles.sample}>
            <span>
              {titleOf(one.name)} <span className={styles.quiet}>{files(one)}</span>
            </span>
          </span>
        </button>
      </div>
      <Button type="link" onClick={onAgain}>
        {t('plan.again')}
      </Button>
    </section>
  );
}
