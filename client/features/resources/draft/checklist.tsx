import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { goToField } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './checklist.module.css';
import { requiredFields } from './description.ts';
import { draftTexts } from './i18n.ts';

type Required = (typeof requiredFields)[number];

interface Props {
  /** Fields that the draft still lacks. */
  lacking: readonly string[];
  /** Files that are still on their way. */
  uploading: number;
}

/** What is there and what is missing before the draft can be submitted; each line leads to its field. */
export function Checklist({ lacking, uploading }: Props) {
  const t = useTexts(draftTexts);
  return (
    <div>
      <p className={styles.sum} role="status">
        {uploading > 0
          ? t('check.uploading', { count: uploading })
          : lacking.length > 0
            ? t('check.lacks', { count: lacking.length })
            : t('check.done')}
      </p>
      <ul className={styles.list}>
        {requiredFields.map((name) => (
          <Line key={name} name={name} lacks={lacking.includes(name)} />
        ))}
      </ul>
    </div>
  );
}

function Line({ name, lacks }: { name: Required; lacks: boolean }) {
  const t = useTexts(draftTexts);
  const label = t(`field.${name}`);
  return (
    <li>
      <button
        type="button"
        className={lacks ? styles.missing : styles.there}
        aria-label={lacks ? t('check.miss', { name: label }) : t('check.have', { name: label })}
        onClick={() => goToField(name)}
      >
        {lacks ? <MinusCircleOutlined aria-hidden="true" /> : <CheckCircleFilled aria-hidden="true" />}
        {label}
      </button>
    </li>
  );
}
