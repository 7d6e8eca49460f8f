import type { ReactNode } from 'react';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './page.module.css';

interface Props {
  title: string;
  /** One or two sentences below the title: what can be done here. */
  lead?: ReactNode;
  /** A picture before the title: what the page is about, at a glance. */
  picture?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** `reading` is one column of 1,200 px; `full` is for lists with facets, tables and viewers. */
  width?: 'reading' | 'full';
  /** The title is said to screen readers and the window alone: the page shows it in its own manner. */
  quietTitle?: boolean;
  children: ReactNode;
}

/** The frame of every page: title of the window, heading, actions, content. */
export function Page({
  title,
  lead,
  picture,
  actions,
  width = 'reading',
  quietTitle = false,
  children,
}: Props) {
  const t = useTexts(shell);
  return (
    <div className={`${styles.page} ${styles[width]}`}>
      <title>{`${title} · ${t('product')}`}</title>
      {quietTitle ? (
        <h1 className="visually-hidden">{title}</h1>
      ) : (
        <header className={`${styles.head} ${picture ? styles.pictured : ''}`}>
          {picture && <div className={styles.picture}>{picture}</div>}
          <div className={styles.words}>
            <h1>{title}</h1>
            {lead && <div className={styles.lead}>{lead}</div>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </div>
  );
}
