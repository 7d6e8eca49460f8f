import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type Facet, facets } from '../../../server/search/contract.ts';
import { useTexts } from '../../i18n/index.ts';
import styles from './filter-chips.module.css';
import { searchTexts } from './i18n.ts';
import type { Facets } from './queries.ts';
import { countChosen, type Question } from './question.ts';
import { daysName, sizeName } from './range-names.ts';

interface Props {
  question: Question;
  counted: Facets;
  onRemove: (facet: Facet, value: string) => void;
  onSizeRemove: () => void;
  onDaysRemove: () => void;
  onClear: () => void;
}

/** What has been chosen, each to be taken back with a click. */
export function FilterChips({ question, counted, onRemove, onSizeRemove, onDaysRemove, onClear }: Props) {
  const t = useTexts(searchTexts);
  if (countChosen(question) === 0) return null;
  const chips = facets.flatMap((facet) =>
    (question.chosen[facet] ?? []).map((value) => ({
      facet,
      value,
      label: counted[facet]?.find((one) => one.value === value)?.label ?? value,
    })),
  );
  return (
    <ul className={styles.chips} aria-label={t('filters')}>
      {chips.map(({ facet, value, label }) => (
        <Chip
          key={`${facet}:${value}`}
          name={t(`facet.${facet}`)}
          label={label}
          onRemove={() => onRemove(facet, value)}
        />
      ))}
      {question.size && <Chip name={t('size')} label={sizeName(t, question.size)} onRemove={onSizeRemove} />}
      {question.published && (
        <Chip name={t('days')} label={daysName(t, question.published)} onRemove={onDaysRemove} />
      )}
      <li>
        <Button type="link" size="small" onClick={onClear}>
          {t('filters.clear')}
        </Button>
      </li>
    </ul>
  );
}

function Chip({ name, label, onRemove }: { name: string; label: string; onRemove: () => void }) {
  const t = useTexts(searchTexts);
  return (
    <li>
      <button type="button" className={styles.chip} onClick={onRemove}>
        <span className="visually-hidden">{t('filters.remove')}</span>
        <span className={styles.facet}>{name}</span>
        {label}
        <CloseOutlined aria-hidden="true" className={styles.cross} />
      </button>
    </li>
  );
}
