import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';
import styles from './action-bar.module.css';
import { controls } from './i18n.ts';

interface Props {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/** What can be done with the chosen rows; there only while some are chosen. */
export function ActionBar({ count, onClear, children }: Props) {
  const t = useTexts(controls);
  if (count === 0) return null;
  return (
    <div role="toolbar" aria-label={t('chosen', { count })} className={styles.bar}>
      <Button type="text" icon={<CloseOutlined />} aria-label={t('choose-none')} onClick={onClear} />
      <span className={styles.count}>{t('chosen', { count })}</span>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}
