import { Component, type ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';

/** A viewer that fails says so in its place; the page around it stays. */
export class ViewerBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <NotOpened /> : this.props.children;
  }
}

/** @param isDamaged whether the file itself is at fault, rather than this browser */
export function NotOpened({ isDamaged = false }: { isDamaged?: boolean }) {
  const t = useTexts(viewerTexts);
  return (
    <Notice
      role="alert"
      title={t('not-opened')}
      detail={isDamaged ? t('not-opened.damaged') : t('not-opened.detail')}
    />
  );
}
