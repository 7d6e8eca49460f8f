import { Radio } from 'antd';
import { useTexts } from '../../i18n/index.ts';
import styles from './facet-panel.module.css';
import { searchTexts } from './i18n.ts';
import type { Found } from './queries.ts';
import { isSameSize, type Question, type Size } from './question.ts';
import { sizeName } from './range-names.ts';

interface Props {
  sizes: Found['sizes'];
  question: Question;
  onSize: (size: Size | undefined) => void;
}

/** How large a resource may be, one of the ranges; the chosen one again takes it back. */
export function SizeGroup({ sizes, question, onSize }: Props) {
  const t = useTexts(searchTexts);
  const chosen = question.size;
  const shown = sizes.filter((size) => size.count > 0 || isSameSize(size, chosen));
  if (shown.length < 2 && !chosen) return null;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.name}>{t('size')}</legend>
      {shown.map((size) => (
        <div key={`${size.from}-${size.to}`} className={styles.value}>
          <Radio
            checked={isSameSize(size, chosen)}
            onClick={() => onSize(isSameSize(size, chosen) ? undefined : { from: size.from, to: size.to })}
          >
            {sizeName(t, size)}
          </Radio>
          <data value={size.count} className={styles.count}>
            {size.count.toLocaleString()}
          </data>
        </div>
      ))}
    </fieldset>
  );
}
