import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Component, createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
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
    return this.state.failed ? <NotOpened isOfThePage /> : this.props.children;
  }
}

/**
 * Said of a file that could not be opened. One whose addresses have ended is opened by new ones first, unasked.
 * @param because what is known of the cause, as a sentence; otherwise this browser or the network is at fault
 * @param isOfThePage whether only the page itself, loaded anew, can open it: the viewer failed, or its code is gone
 */
export function NotOpened({
  because,
  isOfThePage = false,
}: {
  because?: string | undefined;
  isOfThePage?: boolean;
}) {
  const t = useTexts(viewerTexts);
  const reopening = useContext(ReopeningContext);
  const [state, setState] = useState<'asking' | 'failed' | 'withheld'>(reopening ? 'asking' : 'failed');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each failure
  useEffect(() => {
    let over = false;
    const tell = (error?: unknown) => !over && setState(isWithheld(error) ? 'withheld' : 'failed');
    reopening?.ifEnded().then(() => tell(), tell); // when not even that can be asked, the note stands
    return () => {
      over = true;
    };
  }, []);
  if (state === 'asking') return null;
  if (state === 'withheld')
    return (
      <Notice
        role="alert"
        title={t('withheld')}
        detail={t('withheld.detail')}
        actions={<ReloadPage words={t('reload')} />}
      />
    );
  return (
    <Notice
      role="alert"
      title={t('not-opened')}
      detail={because ?? t('not-opened.detail')}
      actions={
        isOfThePage ? (
          <ReloadPage words={t('reload')} />
        ) : (
          reopening &&
          because === undefined && (
            <Button icon={<ReloadOutlined />} onClick={reopening.now}>
              {t('reopen')}
            </Button>
          )
        )
      }
    />
  );
}

const ReloadPage = ({ words }: { words: string }) => (
  <Button icon={<ReloadOutlined />} onClick={() => window.location.reload()}>
    {words}
  </Button>
);

/** Whether the server was reached, and does not give the member what it gave before. */
const isWithheld = (error: unknown): boolean =>
  error instanceof ProblemError && [401, 403, 404, 410].includes(error.status);
