import { BookOutlined, CodeSandboxOutlined, FundProjectionScreenOutlined } from '@ant-design/icons';
import type { Kind } from '../api/words.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './kind-mark.module.css';

const icons = {
  courseware: FundProjectionScreenOutlined,
  textbook: BookOutlined,
  xr: CodeSandboxOutlined,
} satisfies Record<Kind, unknown>;

export function KindIcon({ kind }: { kind: Kind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden="true" />;
}

/** The kind of a resource: icon, word and tint, never the tint alone. */
export function KindMark({ kind }: { kind: Kind }) {
  const t = useTexts(shell);
  return (
    <span className={`${styles.mark} ${styles[kind]}`}>
      <KindIcon kind={kind} />
      {t(`kind.${kind}`)}
    </span>
  );
}
