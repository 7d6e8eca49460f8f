import { MergeCellsOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { memo } from 'react';
import { EditableText } from '../../components/editable-text.tsx';
import { say } from '../../components/say.ts';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term, useEditTerm } from './queries.ts';
import styles from './term-table.module.css';
import type { TreeRow } from './tree.ts';

interface Props {
  vocabulary: string;
  rows: readonly TreeRow[];
  label: string;
  /** Terms may be merged; a closed vocabulary keeps its codes. */
  mayMerge: boolean;
  onMerge: (term: Term) => void;
}

/** A vocabulary as a table: the order is that of the tree, every word is edited where it stands. */
export function TermTable({ vocabulary, rows, label, mayMerge, onMerge }: Props) {
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
          {rows.map(({ term, depth }) => (
            <TermRow
              key={term.id}
              vocabulary={vocabulary}
              term={term}
              depth={depth}
              mayMerge={mayMerge}
              onMerge={onMerge}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  vocabulary: string;
  term: Term;
  depth: number;
  mayMerge: boolean;
  onMerge: (term: Term) => void;
}

const TermRow = memo(function TermRow({ vocabulary, term, depth, mayMerge, onMerge }: RowProps) {
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const edit = useEditTerm(vocabulary);
  const name = labelOf(term, language);
  const editable = term.can.includes('edit');

  async function save(change: Parameters<typeof edit.mutateAsync>[0]['change']): Promise<void> {
    await edit.mutateAsync({ term, change });
    say(t('saved', { name }));
  }

  const text = (which: 'zh-CN' | 'en', column: string, longest: number) => (
    <EditableText
      value={term.labels[which]}
      label={t('edit.cell', { name, column })}
      lang={which}
      longest={longest}
      required={which === 'zh-CN'}
      disabled={!editable}
      onSave={(value) => save({ labels: { ...term.labels, [which]: value } })}
    />
  );

  return (
    <tr className={depth === 0 ? styles.top : undefined}>
      <th scope="row">
        <div className={styles.label} style={{ '--depth': depth } as React.CSSProperties}>
          {text('zh-CN', t('label.zh'), 120)}
        </div>
      </th>
      <td data-label={t('code')} className={styles.code}>
        {term.code}
      </td>
      <td data-label={t('label.en')}>{text('en', t('label.en'), 160)}</td>
      <td data-label={t('synonyms')} className={styles.synonyms}>
        {editable ? (
          <Select
            mode="tags"
            variant="borderless"
            aria-label={t('edit.cell', { name, column: t('synonyms') })}
            value={[...term.synonyms]}
            open={false}
            suffixIcon={null}
            disabled={edit.isPending}
            style={{ width: '100%' }}
            onChange={(synonyms: string[]) =>
              void save({ synonyms }).catch((error: Error) => say(error.message))
            }
          />
        ) : (
          term.synonyms.join('、')
        )}
      </td>
      <td className={styles.actions}>
        {mayMerge && editable && (
          <Button
            type="text"
            icon={<MergeCellsOutlined />}
            aria-label={t('merge.of', { name })}
            title={t('merge')}
            onClick={() => onMerge(term)}
          />
        )}
      </td>
    </tr>
  );
});
