import { useId } from 'react';
import { resultOrders, resultStates } from '../../../server/attempts/contract.ts';
import { Choice } from '../../components/choice.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { FilterBox } from '../../components/filter-box.tsx';
import { useTexts } from '../../i18n/index.ts';
import { attemptTexts } from './i18n.ts';
import { typedName } from './narrowing.ts';
import type { Narrowing } from './queries.ts';
import styles from './results-filter.module.css';

interface Props {
  /** The name as it is typed. */
  typed: string;
  narrowing: Narrowing;
  /** Those that have learnt with the resource. */
  organisations: readonly { id: string; name: string }[];
  onAsk: (change: Record<string, string>) => void;
}

/** Narrows results to a name, a state, an organisation. On phones, where no heading can be pressed, orders them, too. */
export function ResultsFilter({ typed, narrowing, organisations, onAsk }: Props) {
  const t = useTexts(attemptTexts);
  const [id, label] = [useId(), useId()];
  const { state = 'all', organisation = '', sort } = narrowing;
  const hasChoice = organisations.length > 1 || organisation !== '';
  return (
    <search className={styles.bar}>
      <FilterBox label={t('filter')} value={typed} onChange={(name) => onAsk({ [typedName]: name })} />
      <span id={label} className="visually-hidden">
        {t('states')}
      </span>
      <ChoiceCards
        id={id}
        aria-labelledby={label}
        look="chips"
        choices={(['all', ...resultStates] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state}
        onChange={(value) => onAsk({ state: value === 'all' ? '' : value })}
      />
      <div className={styles.choices}>
        {hasChoice && (
          <Choice
            label={t('organisations')}
            value={organisation}
            options={[
              { value: '', label: t('organisations.all') },
              ...organisations.map(({ id: value, name }) => ({ value, label: name })),
            ]}
            onChange={(value) => onAsk({ organisation: value })}
          />
        )}
        <div className={styles.order}>
          <Choice
            label={t('orders')}
            value={sort}
            options={resultOrders.map((value) => ({ value, label: t(`order.${value}`) }))}
            onChange={(value) => onAsk({ sort: value === 'latest' ? '' : value })}
          />
        </div>
      </div>
    </search>
  );
}
