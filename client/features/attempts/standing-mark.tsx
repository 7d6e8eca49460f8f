import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import type { PlainKey } from '../../i18n/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { attemptTexts } from './i18n.ts';
import type { OwnResult } from './queries.ts';
import styles from './standing-mark.module.css';

type Standing = 'incomplete' | 'completed' | 'passed' | 'failed';

const marks: Record<
  Standing,
  { icon: typeof CheckCircleFilled; text: PlainKey<typeof attemptTexts.chinese> }
> = {
  incomplete: { icon: MinusCircleOutlined, text: 'completion.incomplete' },
  completed: { icon: CheckCircleFilled, text: 'completion.completed' },
  passed: { icon: CheckCircleFilled, text: 'success.passed' },
  failed: { icon: CloseCircleFilled, text: 'success.failed' },
};

/** How far somebody has come, as icon and word. */
export function StandingMark({ standing }: { standing: Standing }) {
  const t = useTexts(attemptTexts);
  const { icon: Icon, text } = marks[standing];
  return (
    <span className={`${styles.mark} ${styles[standing]}`}>
      <Icon aria-hidden="true" />
      {t(text)}
    </span>
  );
}

/** What counts more: whether it was passed; where nobody judges, whether it was completed. */
export const standingOf = ({ success, completion }: Pick<OwnResult, 'success' | 'completion'>): Standing =>
  success === 'unknown' ? completion : success;
