import { Input } from 'antd';
import { isBlank } from '../../../../server/http/contract.ts';
import type { FieldIds } from '../../../components/field.tsx';
import { controls } from '../../../components/i18n.ts';
import { useTexts } from '../../../i18n/index.ts';
import { type Place, valueAt } from './changes.ts';
import type { SetInHand } from './use-set.ts';
import styles from './written-text.module.css';

interface Props extends Partial<FieldIds> {
  inHand: SetInHand;
  place: Place;
  /** How it is called where no field stands around it; then it says itself what is wrong. */
  label?: string;
  longest: number;
  placeholder?: string;
  /** Several lines, growing with the text. */
  lines?: number;
  required?: boolean;
  size?: 'middle' | 'large';
  /** Quieter than a field of a form: for words beside something larger. */
  variant?: 'outlined' | 'filled';
}

/** Text of a set that saves itself as it is typed. */
export function WrittenText({ inHand, place, label, longest, lines, required = false, ...rest }: Props) {
  const t = useTexts(controls);
  const value = String(valueAt(inHand.set, place) ?? '');
  const error = errorOfText(inHand, place, required && t('needed'));
  const shared = {
    ...rest,
    value,
    maxLength: longest,
    status: error ? ('error' as const) : ('' as const),
    ...(label !== undefined && { 'aria-label': label, 'aria-invalid': error ? true : undefined }),
    onChange: ({ target }: { target: { value: string } }) => inHand.write(place, target.value),
  };
  const control =
    lines === undefined ? (
      <Input {...shared} />
    ) : (
      <Input.TextArea {...shared} autoSize={{ minRows: lines, maxRows: 12 }} />
    );
  if (label === undefined) return control;
  return (
    <div className={styles.text}>
      {control}
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

/** What is wrong with a text: that it is wanted, or what the server says. */
export function errorOfText(inHand: SetInHand, place: Place, needed: string | false): string | undefined {
  if (needed && isBlank(String(valueAt(inHand.set, place) ?? ''))) return needed;
  return inHand.errorAt(place);
}
