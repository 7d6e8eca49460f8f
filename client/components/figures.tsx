import type { ReactNode } from 'react';
import styles from './figures.module.css';

interface FigureProps {
  name: string;
  value: ReactNode;
  hint?: string | undefined;
}

/** Numbers that stand for a whole, side by side. */
export function Figures({ figures }: { figures: readonly FigureProps[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, hint }) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            {hint !== undefined && <span className={styles.hint}>{hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
