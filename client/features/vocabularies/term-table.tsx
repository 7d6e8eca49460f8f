import { ColumnHeading } from '../../components/column-heading.tsx';
import { useTexts } from '../../i18n/index.ts';
import { vocabularyTexts } from './i18n.ts';
import { type TermActions, TermRow } from './term-row.tsx';
import styles from './term-table.module.css';
import type { TreeRow } from './tree.ts';
import { type TermOrder, termOrders, type UsesOfTerms, unused } from './uses.ts';

interface Props extends TermActions {
  rows: readonly TreeRow[];
  label: string;
  /** Codes of the branches that are folded. */
  folded: ReadonlySet<string>;
  /** How often terms are used, for those who are told. */
  uses?: Uses | undefined;
}

interface Uses {
  /** Missing until it is known. */
  of: UsesOfTerms | undefined;
  order: TermOrder;
  onOrder: (order: TermOrder) => void;
}

const ways = { listed: 'none', 'most-used': 'descending', 'least-used': 'ascending' } as const;
const nextOrder = (order: TermOrder): TermOrder =>
  termOrders[(termOrders.indexOf(order) + 1) % termOrders.length] ?? 'listed';

/** A vocabulary as a table: in the order of the tree or by use, every word is edited where it stands. */
export function TermTable({ rows, label, folded, onFold, uses, ...rest }: Props) {
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
            {uses && (
              <th scope="col" aria-sort={ways[uses.order]} className={styles.uses}>
                <ColumnHeading
                  title={t('uses')}
                  order={{ now: ways[uses.order], ask: () => uses.onOrder(nextOrder(uses.order)) }}
                />
              </th>
            )}
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
              uses={uses && (uses.of ? (uses.of.get(term.code) ?? unused) : null)}
              {...rest}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
