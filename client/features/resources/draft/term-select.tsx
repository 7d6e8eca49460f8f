import { Button, Select } from 'antd';
import { useState } from 'react';
import { foldName } from '../../../../server/vocabularies/contract.ts';
import type { FieldIds } from '../../../components/field.tsx';
import { finding } from '../../../components/finding.ts';
import { NoneFound } from '../../../components/none-found.tsx';
import { SuggestionChips } from '../../../components/suggestion-chips.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { draftTexts } from './i18n.ts';
import { recent } from './memory.ts';
import { firstOf, isSound, namedBy, type TermOption, termCalled } from './term-options.ts';
import styles from './term-select.module.css';

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
  const [typed, setTyped] = useState('');
  const [isInside, setIsInside] = useState(false);
  const known = new Map(options.map((option) => [option.value, option]));
  const named = namedBy(options, typed);
  const isPinyin = free && isSound(options, typed);
  const chips = (values: readonly string[]) =>
    values
      .filter((one) => !value.includes(one) && (free || known.has(one)))
      .slice(0, 6)
      .map((one) => ({ value: one, label: known.get(one)?.label ?? one }));
  /** As it was when the list was opened: while several are chosen, nothing changes its place. */
  const [lately, setLately] = useState(() => recent(list));
  const used = bare ? [] : chips(recent(list));
  const offered = chips(suggested).filter((one) => !used.some((other) => other.value === one.value));
  function change(values: readonly string[]) {
    setTyped('');
    onChange([...new Set(values.map((one) => (known.has(one) ? one : termCalled(options, one))))]);
  }
  const take = (one: string) => change([...value, one]);
  /** A term that was typed whole is taken; other words stay until something is chosen. */
  function leave() {
    setIsInside(false);
    const [only, ...others] = named;
    if (!free && only !== undefined && others.length === 0) take(only);
  }
  const left = free || isInside ? '' : typed.trim();
  return (
    <>
      <Select<string[], OfferedTerm>
        {...ids}
        mode={free ? 'tags' : 'multiple'}
        value={[...value]}
        onChange={change}
        options={firstOf(options, lately).map((option) =>
          named.has(option.value) ? { ...option, typed } : option,
        )}
        onOpenChange={(open) => open && setLately(recent(list))}
        onFocus={() => setIsInside(true)}
        onBlur={leave}
        notFoundContent={null}
        disabled={disabled}
        placeholder={t('pick')}
        style={{ width: '100%' }}
        maxTagCount={bare ? 'responsive' : undefined}
        showSearch={{
          ...(!free && { searchValue: typed, autoClearSearchValue: false }),
          onSearch: setTyped,
          // What somebody has typed freely is an option, too, that the library makes with nothing but a value: first
          // of all, but not when a term goes by it, and last where it is the pinyin of terms.
          optionFilterProp: 'typed',
          filterOption: (sought, option: Partial<OfferedTerm> | undefined) =>
            option?.typed === sought ||
            finding.filterOption(sought, { words: option?.words ?? foldName(option?.value ?? '') }),
          filterSort: (one, other, { searchValue }) =>
            Number(other.typed === searchValue) - Number(one.typed === searchValue) ||
            (one.words && other.words
              ? finding.filterSort(one, other, { searchValue })
              : isPinyin
                ? Number(!one.words) - Number(!other.words)
                : 0),
        }}
        optionRender={({ data }) => (
          <span>
            {data.label}
            {data.under && <span className={styles.under}>{data.under}</span>}
          </span>
        )}
      />
      {isInside && !free && <NoneFound typed={typed} among={options} />}
      {left !== '' && (
        <p role="alert" className={styles.left}>
          {t('pick.left', { typed: left })}
          <Button type="link" size="small" onClick={() => setTyped('')}>
            {t('pick.clear')}
          </Button>
        </p>
      )}
      <SuggestionChips label={t('recent')} offers={used} onTake={take} />
      <SuggestionChips label={t('suggested')} offers={offered} onTake={take} />
    </>
  );
}

/** A term that goes by just what is typed says so. */
type OfferedTerm = TermOption & { readonly typed?: string };
