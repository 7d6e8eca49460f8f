import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useId, useState } from 'react';
import styles from './packages.module.css';

interface Props {
  /** What it lists: parts, contents. */
  label: string;
  /** Title of the one that is open. */
  current: string;
  children: ReactNode;
}

/** The parts of a package, beside it; on a phone folded into one line above it, until another one is wanted. */
export function PartList({ label, current, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it has done its work once another part is open
  useEffect(() => setOpen(false), [current]);
  return (
    <nav className={styles.items} aria-label={label}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles.quiet}>{label}</span>
        <span className={styles.name}>{current}</span>
        {isOpen ? <UpOutlined aria-hidden="true" /> : <DownOutlined aria-hidden="true" />}
      </button>
      <div id={id} className={`${styles.list} ${isOpen ? styles.open : ''}`}>
        {children}
      </div>
    </nav>
  );
}
