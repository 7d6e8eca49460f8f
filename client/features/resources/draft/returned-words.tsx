import { CommentOutlined } from '@ant-design/icons';
import { When } from '../../../components/when.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import type { Resource } from './queries.ts';
import styles from './returned-words.module.css';

/** What the reviewer said when they sent the draft back; their words on single fields stand at the fields. */
export function ReturnedWords({ returned }: { returned: NonNullable<Resource['returned']> }) {
  const t = useTexts(draftTexts);
  return (
    <aside className={styles.box} aria-label={t('returned.title', { name: returned.by.name })}>
      <p className={styles.head}>
        <CommentOutlined aria-hidden="true" className={styles.icon} />
        <strong>{t('returned.title', { name: returned.by.name })}</strong>
        <span className={styles.quiet}>
          <When at={returned.at} />
        </span>
      </p>
      <p className={styles.words}>{returned.comment}</p>
      {returned.fields.length > 0 && <p className={styles.quiet}>{t('returned.hint')}</p>}
    </aside>
  );
}
