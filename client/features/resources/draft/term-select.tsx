import { Button, Select } from 'antd';
import { useState } from 'react';
import type { FieldIds } from '../../../components/field.tsx';
import { finding, foundBy } from '../../../components/finding.ts';
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
  /** What is typed as a word of its own: offered unless a term goes by it, last where it is the pinyin of terms. */
  const own = free && named.size === 0 ? typed.trim() : '';
  const offers = firstOf(options, lately).map(
    (option): OfferedTerm => (named.has(option.value) ? { ...option, typed, place: -1 } : option),
  );
  if (own !== '' && !known.has(own))
    offers.unshift({ value: own, label: own, words: foundBy(own), place: isPinyin ? 1 : -1 });
  /** What names one term or is a word of its own is taken; other words stay until something is chosen. */
  function leave() {
    setIsInside(false);
    const word = typed.trim();
    if (free ? word !== '' && !isPinyin : named.size === 1) take(word);
  }
  const left = isInside ? '' : typed.trim();
  return (
    <>
      <Select<string[], OfferedTerm>
        {...ids}
        mode="multiple"
        value={[...value]}
        onChange={change}
        options={offers}
        onOpenChange={(open) => open && setLately(recent(list))}
        onFocus={() => setIsInside(true)}
        onBlur={leave}
        notFoundContent={null}
        disabled={disabled}
        placeholder={t('pick')}
        style={{ width: '100%' }}
        maxTagCount={bare ? 'responsive' : undefined}
        showSearch={{
          searchValue: typed,
          autoClearSearchValue: false,
          onSearch: setTyped,
          filterOption: (sought, option) => option?.typed === sought || finding.filterOption(sought, option),
          filterSort: (one, other, search) =>
            (one.place ?? 0) - (other.place ?? 0) || finding.filterSort(one, other, search),
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
          {t(free ? 'pick.sound' : 'pick.left', { typed: left })}
          {free && (
            <Button type="link" size="small" onClick={() => take(left)}>
              {t('pick.own')}
            </Button>
          )}
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

/** A term that goes by just what is typed says so; so does what stands before or behind the others. */
type OfferedTerm = TermOption & { readonly typed?: string; readonly place?: -1 | 1 };
