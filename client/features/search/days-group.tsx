import { useId } from 'react';
import { useTexts } from '../../i18n/index.ts';
import styles from './days-group.module.css';
import panel from './facet-panel.module.css';
import { searchTexts } from './i18n.ts';
import { type Days, daysOf } from './question.ts';

interface Props {
  days: Days | undefined;
  onDays: (days: Days | undefined) => void;
}

/** Between which days a resource was published: by the browser's own field, which phones and screen readers know best. */
export function DaysGroup({ days, onDays }: Props) {
  const t = useTexts(searchTexts);
  const id = useId();
  const isTurned = days?.from !== undefined && days.to !== undefined && days.from > days.to;
  const field = (name: 'from' | 'to') => (
    <label className={styles.day} htmlFor={`${id}-${name}`}>
      {t(`days.${name}`)}
      <input
        // Another question brings other days; what is typed in between is nobody's business.
        key={days?.[name] ?? ''}
        id={`${id}-${name}`}
        type="date"
        max="2999-12-31"
        defaultValue={days?.[name]}
        className={styles.field}
        aria-invalid={isTurned}
        aria-describedby={isTurned ? `${id}-turned` : undefined}
        onBlur={({ target: { value } }) => {
          if (value === (days?.[name] ?? '')) return;
          const next = { ...days, [name]: value || undefined };
          onDays(daysOf(next.from, next.to));
        }}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      />
    </label>
  );
  return (
    <fieldset className={panel.group}>
      <legend className={panel.name}>{t('days')}</legend>
      <div className={styles.days}>
        {field('from')}
        {field('to')}
      </div>
      {isTurned && (
        <p id={`${id}-turned`} role="alert" className={styles.turned}>
          {t('days.turned')}
        </p>
      )}
    </fieldset>
  );
}
