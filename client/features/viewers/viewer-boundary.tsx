import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Component, createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';

/** How a file is opened once more. */
interface Reopening {
  /** When it failed only because its addresses had ended. */
  ifEnded(): Promise<void>;
  now(): void;
}

export const ReopeningContext = createContext<Reopening | undefined>(undefined);

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

/**
 * Said of a file that could not be opened. One whose addresses have ended is opened by new ones first, unasked.
 * @param because what is known of the cause, as a sentence; otherwise this browser or the network is at fault
 */
export function NotOpened({ because }: { because?: string | undefined }) {
  const t = useTexts(viewerTexts);
  const reopening = useContext(ReopeningContext);
  const [isCertain, setCertain] = useState(reopening === undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each failure
  useEffect(() => {
    let over = false;
    const tell = () => !over && setCertain(true);
    reopening?.ifEnded().then(tell, tell); // when not even that can be asked, the note stands
    return () => {
      over = true;
    };
  }, []);
  if (!isCertain) return null;
  return (
    <Notice
      role="alert"
      title={t('not-opened')}
      detail={because ?? t('not-opened.detail')}
      actions={
        reopening &&
        because === undefined && (
          <Button icon={<ReloadOutlined />} onClick={reopening.now}>
            {t('reopen')}
          </Button>
        )
      }
    />
  );
}
