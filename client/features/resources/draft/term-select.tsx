import { Select } from 'antd';
import type { FieldIds } from '../../../components/field.tsx';
import { SuggestionChips } from '../../../components/suggestion-chips.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { recent } from './memory.ts';

/** A term as a form offers it. */
export interface TermOption {
  readonly value: string;
  readonly label: string;
  /** Where it stands: the term above it. */
  readonly under?: string;
  /** Everything that it is found by: labels, code, synonyms. */
  readonly words: string;
}

interface Props extends FieldIds {
  /** Name of the list, under which what was used lately is kept. */
  list: string;
  options: readonly TermOption[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Words that are in no list are welcome, too. */
  free?: boolean;
  /** Offered as chips after what was used lately. */
  suggested?: readonly string[];
  disabled?: boolean | undefined;
  /** Without chips, for the cells of tables. */
  bare?: boolean;
}

/** Several terms of a list, found while typing; what was used lately is a click away. */
export function TermSelect(props: Props) {
  const {
    list,
    options,
    value,
    onChange,
    free = false,
    suggested = [],
    disabled,
    bare = false,
    ...ids
  } = props;
  const t = useTexts(draftTexts);
  const known = new Map(options.map((option) => [option.value, option]));
  const chips = (values: readonly string[]) =>
    values
      .filter((one) => !value.includes(one) && (free || known.has(one)))
      .slice(0, 6)
      .map((one) => ({ value: one, label: known.get(one)?.label ?? one }));
  const used = bare ? [] : chips(recent(list));
  const offered = chips(suggested).filter((one) => !used.some((other) => other.value === one.value));
  const take = (one: string) => onChange([...value, one]);
  return (
    <>
      <Select<string[], TermOption>
        {...ids}
        mode={free ? 'tags' : 'multiple'}
        value={[...value]}
        onChange={onChange}
        options={[...options]}
        disabled={disabled}
        placeholder={t('pick')}
        style={{ width: '100%' }}
        maxTagCount={bare ? 'responsive' : undefined}
        showSearch={{
          // What somebody has typed freely is an option, too, that the library makes with nothing but a value.
          filterOption: (typed, option: Partial<TermOption> | undefined) =>
            (option?.words ?? option?.value ?? '')
              .toLocaleLowerCase('zh-CN')
              .includes(typed.toLocaleLowerCase('zh-CN').trim()),
        }}
        optionRender={({ data }) => (
          <span>
            {data.label}
            {data.under && (
              <span style={{ marginInlineStart: 8, color: 'var(--ant-color-text-tertiary)' }}>
                {data.under}
              </span>
            )}
          </span>
        )}
      />
      <SuggestionChips label={t('recent')} offers={used} onTake={take} />
      <SuggestionChips label={t('suggested')} offers={offered} onTake={take} />
    </>
  );
}
