import { FullscreenOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { RefObject } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';

/** Gives an element the whole screen; nothing where the browser does not let pages do that. */
export function FullscreenButton({ place }: { place: RefObject<HTMLElement | null> }) {
  const t = useTexts(viewerTexts);
  if (!document.fullscreenEnabled) return null;
  return (
    <Button
      icon={<FullscreenOutlined />}
      aria-label={t('fullscreen')}
      onClick={() => place.current?.requestFullscreen()}
    />
  );
}
