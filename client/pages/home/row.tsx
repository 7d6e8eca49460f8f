import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './rows.module.css';

interface Props {
  title: string;
  /** Where the rest is. */
  to?: string;
  more?: string;
  children: ReactNode;
}

/** A part of the home page below its title. */
export function Row({ title, to, more, children }: Props) {
  return (
    <section className={styles.row} aria-label={title}>
      <header className={styles.head}>
        <h2>{title}</h2>
        {to && <Link to={to}>{more}</Link>}
      </header>
      {children}
    </section>
  );
}
