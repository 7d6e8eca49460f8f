import { ModelViewerElement } from '@google/model-viewer';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useCalm, useTouch } from '../../theme/appearance.ts';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import { ModelBar } from './model-bar.tsx';
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

/** A model to turn and look at from near, with its animations and variants, and in the room where the device can. */
export function ModelViewer({ file }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const calm = useCalm();
  const touch = useTouch();
  const element = useRef<ModelViewerElement>(null);
  const [failed, setFailed] = useState(false);
  const [loaded, setLoaded] = useState<Loaded>({ animations: [], variants: [] });
  // Phones get the copy that was made for them; other formats than glTF are only there as a copy.
  const isReadable = isGltf(file.mediaType, file.path);
  const light = touch || !isReadable ? file.copies?.light : undefined;

  useEffect(() => {
    const viewer = element.current;
    if (!viewer) return;
    const show = () =>
      setLoaded({ animations: viewer.availableAnimations, variants: viewer.availableVariants });
    const broken = () => setFailed(true);
    viewer.addEventListener('load', show);
    viewer.addEventListener('error', broken);
    return () => {
      viewer.removeEventListener('load', show);
      viewer.removeEventListener('error', broken);
    };
  }, []);

  if (failed || !(isReadable || light)) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.model}>
      <model-viewer
        ref={element}
        src={light?.url ?? file.url}
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
      <ModelBar element={element} {...loaded} />
    </div>
  );
}

interface Loaded {
  animations: readonly string[];
  variants: readonly string[];
}

const isGltf = (mediaType: string, path: string) => mediaType === 'model/gltf-binary' || /\.glb$/i.test(path);
