import type { ReactNode } from 'react';
import styles from './choice-cards.module.css';
import type { FieldIds } from './field.tsx';

interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  /** One sentence that tells what choosing it means. */
  detail?: ReactNode;
  icon?: ReactNode;
}

interface Props<Value extends string> extends FieldIds {
  choices: readonly Choice<Value>[];
  value: Value | null | undefined;
  onChange: (value: Value) => void;
  disabled?: boolean | undefined;
  /** Chips stand in one row and wrap; cards stand below each other with their sentence. */
  look?: 'chips' | 'cards';
}

/** One of a few, all in sight: real radio buttons, so that arrows and screen readers work as everywhere. */
export function ChoiceCards<Value extends string>({
  choices,
  value,
  onChange,
  disabled,
  look = 'cards',
  id,
  ...aria
}: Props<Value>) {
  return (
    <div role="radiogroup" id={id} className={styles[look]} {...aria}>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={id}
            value={choice.value}
            checked={value === choice.value}
            disabled={disabled}
            className={styles.input}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon && (
            <span className={styles.icon} aria-hidden="true">
              {choice.icon}
            </span>
          )}
          <span>
            <span className={styles.name}>{choice.label}</span>
            {choice.detail && <span className={styles.detail}>{choice.detail}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
