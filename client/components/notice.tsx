import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface Props {
  title: string;
  detail?: ReactNode;
  footnote?: ReactNode;
  actions?: ReactNode;
  picture?: ReactNode;
  role?: 'alert' | 'status';
}

/** A quiet block in the middle of where content would be: for empty, failed and missing. */
export function Notice({ title, detail, footnote, actions, picture, role }: Props) {
  return (
    <div className={styles.notice} role={role}>
      {picture && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <p className={styles.title}>{title}</p>
      {detail && <div className={styles.detail}>{detail}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
      {footnote && <p className={styles.footnote}>{footnote}</p>}
    </div>
  );
}
