import {
  CheckCircleOutlined,
  EditOutlined,
  HourglassOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './state-mark.module.css';

const icons = {
  draft: EditOutlined,
  submitted: HourglassOutlined,
  published: CheckCircleOutlined,
  withdrawn: StopOutlined,
};

/** Where a resource stands: icon and word. */
export function StateMark({ state }: { state: keyof typeof icons }) {
  const t = useTexts(shell);
  const Icon = icons[state];
  return (
    <span className={`${styles.mark} ${styles[state]}`}>
      <Icon aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}

/** Something that asks for attention, beside the state. */
export function AttentionMark({ text }: { text: string }) {
  return (
    <span className={`${styles.mark} ${styles.attention}`}>
      <RollbackOutlined aria-hidden="true" />
      {text}
    </span>
  );
}
