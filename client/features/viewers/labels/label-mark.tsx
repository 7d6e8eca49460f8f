import { RightOutlined } from '@ant-design/icons';
import type { ComponentProps } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { labelTexts } from './i18n.ts';
import styles from './label-mark.module.css';

interface Props extends ComponentProps<'button'> {
  /** Place in the order, from 0. */
  at: number;
  title: string;
  isActive: boolean;
  /** Whether the name is for the learner to remember. */
  isSecret: boolean;
  /** Whether it leads into another scene: then its name is always there to read. */
  leads?: boolean;
}

/** The numbered disc of a label where it stands. */
export function LabelMark({ at, title, isActive, isSecret, leads = false, className, ...button }: Props) {
  const t = useTexts(labelTexts);
  const n = at + 1;
  const name = leads ? t('label.leads', { n, title }) : t('label.of', { n, title });
  return (
    <button
      {...button}
      type="button"
      className={`${styles.label} ${className ?? ''}`}
      aria-pressed={leads ? undefined : isActive}
      aria-label={isSecret ? t('label.secret', { n }) : name}
    >
      <span className={styles.number}>{n}</span>
      {(leads || isActive) && !isSecret && (
        <span className={styles.name}>
          {title}
          {leads && <RightOutlined />}
        </span>
      )}
    </button>
  );
}
