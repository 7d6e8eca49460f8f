import { CaretDownOutlined, CaretRightOutlined, EditOutlined, MergeCellsOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { memo } from 'react';
import { EditableText } from '../../components/editable-text.tsx';
import { say } from '../../components/say.ts';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import { vocabularyTexts } from './i18n.ts';
import { labelOf, type Term, useEditTerm } from './queries.ts';
import styles from './term-table.module.css';
import type { TermUses } from './uses.ts';
import { UsesCell } from './uses-cell.tsx';

/** What can be done with the terms of a table. */
export interface TermActions {
  vocabulary: string;
  /** Terms may be merged; a closed vocabulary keeps its codes. */
  mayMerge: boolean;
  onEdit: (term: Term) => void;
  onMerge: (term: Term) => void;
  /** Folds a branch or unfolds it; without it, everything is shown. */
  onFold?: ((code: string) => void) | undefined;
}

interface Props extends TermActions {
  term: Term;
  depth: number;
  /** Missing where nothing stands below the term. */
  isFolded: boolean | undefined;
  /** Null until it is known; missing where it is not told. */
  uses: TermUses | null | undefined;
}

/** A term, every word of which is edited where it stands. */
export const TermRow = memo(function TermRow(props: Props) {
  const { vocabulary, term, depth, mayMerge, onEdit, onMerge, isFolded, onFold, uses } = props;
  const t = useTexts(vocabularyTexts);
  const language = useLanguage();
  const edit = useEditTerm(vocabulary);
  const name = labelOf(term, language);
  const editable = term.can.includes('edit');

  async function save(change: Parameters<typeof edit.mutateAsync>[0]['change']): Promise<void> {
    const saved = await edit.mutateAsync({ term, change });
    say(t('saved', { name: labelOf(saved, language) }));
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
          {onFold && isFolded !== undefined ? (
            <button
              type="button"
              className={styles.fold}
              aria-expanded={!isFolded}
              aria-label={t('fold.of', { name })}
              onClick={() => onFold(term.code)}
            >
              {isFolded ? (
                <CaretRightOutlined aria-hidden="true" />
              ) : (
                <CaretDownOutlined aria-hidden="true" />
              )}
            </button>
          ) : (
            onFold && <span className={styles.leaf} />
          )}
          {text('zh-CN', t('label.zh'), 120)}
          {term.retired && <span className={styles.retired}>{t('retired.mark')}</span>}
        </div>
      </th>
      <td data-label={t('code')} className={styles.code}>
        {term.code}
      </td>
      <td data-label={t('label.en')}>{text('en', t('label.en'), 160)}</td>
      <td
        data-label={t('synonyms')}
        className={`${styles.synonyms} ${term.synonyms.length === 0 ? styles.none : ''}`}
      >
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
      {uses !== undefined && (
        <td data-label={t('uses')} className={styles.uses}>
          {uses && <UsesCell term={term} uses={uses} />}
        </td>
      )}
      <td className={styles.actions}>
        {editable && (
          <Button
            type="text"
            icon={<EditOutlined />}
            aria-label={t('edit.of', { name })}
            title={t('edit')}
            onClick={() => onEdit(term)}
          />
        )}
        {mayMerge && editable && !term.retired && (
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
