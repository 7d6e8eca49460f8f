import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { Notice } from '../components/notice.tsx';
import { shell, useTexts } from '../i18n/index.ts';

/** The last net: catches a page that threw and says so in its place, while the shell stays. */
export class BrokenPage extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />;
  }
}

/** A page that cannot be fetched any more means that a newer version is out. */
function Broken({ error }: { error: unknown }) {
  const t = useTexts(shell);
  const outdated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Notice
      role="alert"
      title={outdated ? t('outdated') : t('broken')}
      detail={outdated ? t('outdated.detail') : t('broken.detail')}
      footnote={error instanceof Error && !outdated ? `${error.name}: ${error.message}` : undefined}
      actions={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    />
  );
}
