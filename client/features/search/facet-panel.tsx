import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { Facet } from '../../../server/search/contract.ts';
import { formatOf } from '../../components/formats.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './facet-panel.module.css';
import { inOrder, type Value } from './facet-values.ts';
import { searchTexts } from './i18n.ts';
import type { Facets } from './queries.ts';
import type { Question } from './question.ts';

/** What a teacher narrows by first stands first. */
const order: Facet[] = [
  'kind',
  'major',
  'course',
  'level',
  'materialType',
  'mediaType',
  'organisation',
  'licence',
  'year',
  'tag',
  'language',
];
const shownAtFirst = 6;

interface Props {
  facets: Facets;
  question: Question;
  onToggle: (facet: Facet, value: string) => void;
}

/** Everything that hits can be narrowed by, with how many each value would leave. */
export function FacetPanel({ facets, question, onToggle }: Props) {
  return (
    <div className={styles.panel}>
      {order.map((facet) => {
        const values = inOrder(facets[facet] ?? [], question.chosen[facet] ?? []);
        const isIdle = values.length < 2 && !question.chosen[facet]?.length;
        return isIdle ? null : (
          <FacetGroup
            key={facet}
            facet={facet}
            values={values}
            chosen={question.chosen[facet] ?? []}
            onToggle={onToggle}
          />
        );
      })}
    </div>
  );
}

interface GroupProps {
  facet: Facet;
  values: Value[];
  chosen: readonly string[];
  onToggle: Props['onToggle'];
}

function FacetGroup({ facet, values, chosen, onToggle }: GroupProps) {
  const t = useTexts(searchTexts);
  const [all, setAll] = useState(false);
  const shown = all
    ? values
    : values.filter(({ value }, place) => place < shownAtFirst || chosen.includes(value));
  return (
    <fieldset className={styles.group}>
      <legend className={styles.name}>{t(`facet.${facet}`)}</legend>
      {shown.map(({ value, label, count, depth }) => (
        <div key={value} className={styles.value} style={{ paddingInlineStart: depth * 16 }}>
          <Checkbox checked={chosen.includes(value)} onChange={() => onToggle(facet, value)}>
            {label === value && value.includes('/') ? formatOf(value) : label}
          </Checkbox>
          <data value={count} className={styles.count}>
            {count.toLocaleString()}
          </data>
        </div>
      ))}
      {values.length > shownAtFirst && (
        <Button type="link" size="small" className={styles.more} onClick={() => setAll(!all)}>
          {all ? t('facet.less') : t('facet.more', { count: values.length })}
        </Button>
      )}
    </fieldset>
  );
}
