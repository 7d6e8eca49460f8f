import { useTexts } from '../../i18n/index.ts';
import { vocabularyTexts } from './i18n.ts';
import { type TermActions, TermRow } from './term-row.tsx';
import styles from './term-table.module.css';
import type { TreeRow } from './tree.ts';

interface Props extends TermActions {
  rows: readonly TreeRow[];
  label: string;
  /** Codes of the branches that are folded. */
  folded: ReadonlySet<string>;
}

/** A vocabulary as a table: the order is that of the tree, every word is edited where it stands. */
export function TermTable({ rows, label, folded, onFold, ...rest }: Props) {
  const t = useTexts(vocabularyTexts);
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('label.zh')}</th>
            <th scope="col">{t('code')}</th>
            <th scope="col">{t('label.en')}</th>
            <th scope="col">{t('synonyms')}</th>
            <th scope="col">
              <span className={styles.quiet}>{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ term, depth, isBranch }) => (
            <TermRow
              key={term.id}
              term={term}
              depth={depth}
              isFolded={isBranch ? folded.has(term.code) : undefined}
              onFold={onFold}
              {...rest}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
