import { Children, type ReactNode } from 'react';
import styles from './meta-line.module.css';

/** Small facts in a row, dots between them. It breaks between facts, and nothing of them is cut. */
export function MetaLine({ children }: { children: ReactNode }) {
  return <p className={styles.line}>{Children.map(children, (fact) => fact && <span>{fact}</span>)}</p>;
}
