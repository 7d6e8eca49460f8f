import type { Preview } from '../../api/content.ts';
import styles from './set-aside.module.css';

/** Below a file: why it is handed to nobody, and what is to be done. */
export function SetAside({ preview }: { preview: Preview | undefined }) {
  return preview?.setAside === undefined ? null : <span className={styles.why}>{preview.setAside}</span>;
}
