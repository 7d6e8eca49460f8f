import type { ReactNode } from 'react';
import styles from './fact.module.css';

/** Names and values, one below the other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

/** One of them; left out when there is nothing to say. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  const isEmpty = children === undefined || children === null || children === '' || children === false;
  if (isEmpty || (Array.isArray(children) && children.length === 0)) return null;
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
