import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { shell, useTexts } from '../i18n/index.ts';
import { Notice } from './notice.tsx';

interface Props {
  title?: string;
  /** What will be here. */
  hint?: ReactNode;
  /** The first thing to do. */
  action?: ReactNode;
  picture?: ReactNode;
}

/** An empty list: says what will be here and offers the first action. */
export function NothingYet({ title, hint, action, picture = <InboxOutlined /> }: Props) {
  const t = useTexts(shell);
  return <Notice title={title ?? t('nothing-yet')} detail={hint} actions={action} picture={picture} />;
}
