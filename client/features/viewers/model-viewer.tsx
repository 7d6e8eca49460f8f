import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { ModelViewerElement } from '@google/model-viewer';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useCalm } from '../../theme/appearance.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import styles from './model-viewer.module.css';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

// Every decoder comes from us; the library would ask foreign hosts.
const decoders = `${window.location.origin}/viewers/gltf`;
ModelViewerElement.dracoDecoderLocation = `${decoders}/draco/`;
ModelViewerElement.ktx2TranscoderLocation = `${decoders}/basis/`;
ModelViewerElement.meshoptDecoderLocation = `${decoders}/meshopt.js`;
ModelViewerElement.lottieLoaderLocation = `${decoders}/none.js`;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'model-viewer': React.DetailedHTMLProps<
        React.HTMLAttributes<ModelViewerElement>,
        ModelViewerElement
      > & {
        src: string;
        alt: string;
        poster?: string | undefined;
        ar?: boolean;
        'camera-controls'?: boolean;
        'auto-rotate'?: boolean;
        'shadow-intensity'?: string;
        'touch-action'?: string;
        'interaction-prompt'?: string;
      };
    }
  }
}

/** A glTF model to turn and look at from near, with its animations, and in the room where the device can do so. */
export function ModelViewer({ file }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const calm = useCalm();
  const element = useRef<ModelViewerElement>(null);
  const [failed, setFailed] = useState(false);
  const [animated, setAnimated] = useState(false);
  const [playing, setPlaying] = useState(false);

  useEffect(() => {
    const viewer = element.current;
    if (!viewer) return;
    const loaded = () => setAnimated(viewer.availableAnimations.length > 0);
    const broken = () => setFailed(true);
    viewer.addEventListener('load', loaded);
    viewer.addEventListener('error', broken);
    return () => {
      viewer.removeEventListener('load', loaded);
      viewer.removeEventListener('error', broken);
    };
  }, []);

  function toggle() {
    if (playing) element.current?.pause();
    else element.current?.play();
    setPlaying(!playing);
  }

  if (failed) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.model}>
      <model-viewer
        ref={element}
        src={file.url}
        alt={t('model.of', { name: nameOf(file.path) })}
        poster={file.poster}
        ar
        camera-controls
        auto-rotate={!calm}
        shadow-intensity="0.6"
        touch-action="pan-y"
        interaction-prompt="none"
        className={styles.canvas}
      >
        <div slot="progress-bar" />
        <button type="button" slot="ar-button" className={styles.ar}>
          {t('model.ar')}
        </button>
      </model-viewer>
      <div className={styles.foot}>
        <span>{t('model.hint')}</span>
        {animated && (
          <Button size="small" icon={playing ? <PauseOutlined /> : <PlayCircleOutlined />} onClick={toggle}>
            {playing ? t('model.pause') : t('model.play')}
          </Button>
        )}
      </div>
    </div>
  );
}
