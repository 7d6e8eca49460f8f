import { useTexts } from '../i18n/index.ts';
import { type Findable, isFound } from './finding.ts';
import { controls } from './i18n.ts';
import styles from './none-found.module.css';

interface Props {
  typed: string;
  /** What is offered. */
  among: readonly Findable[];
}

/** Below a list that finds nothing by what is typed, and so stays shut: says what else to try. */
export function NoneFound({ typed, among }: Props) {
  const t = useTexts(controls);
  if (typed.trim() === '' || among.some((one) => isFound(one, typed))) return null;
  return (
    <p role="status" className={styles.none}>
      <strong>{t('none-found', { typed: typed.trim() })}</strong> {t('none-found.hint')}
    </p>
  );
}
