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

/** @param because what is known of the cause, as a sentence; otherwise this browser is at fault */
export function NotOpened({ because }: { because?: string | undefined }) {
  const t = useTexts(viewerTexts);
  return <Notice role="alert" title={t('not-opened')} detail={because ?? t('not-opened.detail')} />;
}
