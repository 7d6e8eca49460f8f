import { CheckCircleFilled, ExclamationCircleFilled, PlusCircleOutlined } from '@ant-design/icons';
import { goToField } from '../../../components/field.tsx';
import { useTexts } from '../../../i18n/index.ts';
import styles from './checklist.module.css';
import { checkedFields } from './description.ts';
import { draftTexts } from './i18n.ts';

type Checked = (typeof checkedFields)[number];

export interface Lacking {
  field: string;
  needed: boolean;
}

interface Props {
  /** Fields that the draft still lacks, and whether it cannot be submitted without. */
  lacking: readonly Lacking[];
  /** Files that are still on their way. */
  uploading: number;
}

/** What of a good description is there and what is not; each line leads to its field. */
export function Checklist({ lacking, uploading }: Props) {
  const t = useTexts(draftTexts);
  return (
    <div>
      <p className={styles.sum} role="status">
        {uploading > 0 ? (
          t('check.uploading', { count: uploading })
        ) : lacking.length > 0 ? (
          <LackingSum lacking={lacking} />
        ) : (
          t('check.done')
        )}
      </p>
      <ul className={styles.list}>
        {checkedFields.map((name) => (
          <Line key={name} name={name} lack={lacking.find(({ field }) => field === name)} />
        ))}
      </ul>
    </div>
  );
}

/** What is in the way, or else what would help. */
export function LackingSum({ lacking }: { lacking: readonly Lacking[] }) {
  const t = useTexts(draftTexts);
  const needed = lacking.filter((lack) => lack.needed).length;
  return needed > 0 ? t('check.lacks', { count: needed }) : t('check.ready', { count: lacking.length });
}

function Line({ name, lack }: { name: Checked; lack: Lacking | undefined }) {
  const t = useTexts(draftTexts);
  const standing = lack === undefined ? 'there' : lack.needed ? 'needed' : 'advised';
  return (
    <li>
      <button type="button" className={styles[standing]} onClick={() => goToField(name)}>
        {icons[standing]}
        {t(`field.${name}`)}
        <span className={standing === 'there' ? 'visually-hidden' : styles.standing}>
          {t(`check.${standing}`)}
        </span>
      </button>
    </li>
  );
}

const icons = {
  there: <CheckCircleFilled aria-hidden="true" />,
  needed: <ExclamationCircleFilled aria-hidden="true" />,
  advised: <PlusCircleOutlined aria-hidden="true" />,
};
