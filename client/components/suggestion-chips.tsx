import { PlusOutlined } from '@ant-design/icons';
import styles from './suggestion-chips.module.css';

interface Props {
  /** Says where they come from, for example that they were used recently. */
  label: string;
  offers: readonly { value: string; label: string }[];
  onTake: (value: string) => void;
}

/** Values worth a single click. */
export function SuggestionChips({ label, offers, onTake }: Props) {
  if (offers.length === 0) return null;
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      {offers.map((offer) => (
        <button key={offer.value} type="button" className={styles.chip} onClick={() => onTake(offer.value)}>
          <PlusOutlined aria-hidden="true" className={styles.plus} />
          {offer.label}
        </button>
      ))}
    </div>
  );
}
