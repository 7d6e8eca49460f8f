import type { ModelViewerElement } from '@google/model-viewer';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isInSphere } from '../../../../server/resources/contract.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useCalm, useTouch } from '../../../theme/appearance.ts';
import { nameOf, type Viewable } from '../kinds.ts';
import { Tour } from '../labels/tour.tsx';
import { useTour } from '../labels/use-tour.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { arModes, hasWebXr, isAndroid, needsSceneViewer, sceneViewerLink } from './ar.ts';
import { type Explosion, explosionOf } from './explode.ts';
import { modelTexts } from './i18n.ts';
import { goTo } from './label.ts';
import { ModelBar } from './model-bar.tsx';
import { ModelElement } from './model-element.tsx';
import styles from './model-viewer.module.css';
import { OnceWeighed } from './once-weighed.tsx';
import { isGltf } from './sources.ts';

/**
 * A model to turn and look at from near, with its animations, variants and parts, in the room where the device can, and
 * with a tour of its labels.
 */
export const ModelViewer = (props: ViewerProps) => (
  <OnceWeighed file={props.file}>{(src) => <OpenModel {...props} src={src} />}</OnceWeighed>
);

function OpenModel({ file, part, src }: ViewerProps & { src: string }) {
  const t = useTexts(modelTexts);
  const calm = useCalm();
  const touch = useTouch();
  const element = useRef<ModelViewerElement>(null);
  const [failed, setFailed] = useState(false);
  const [loaded, setLoaded] = useState<Loaded>();
  const [apart, setApart] = useState(0);
  const { data: webxr } = useQuery({
    queryKey: ['webxr'],
    queryFn: hasWebXr,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const labels = (file.labels ?? []).flatMap((label) => (isInSphere(label) ? [] : [label]));
  const tour = useTour(labels);
  const name = nameOf(file.path);
  const placing = placingOf(file, webxr);

  function show() {
    const viewer = element.current;
    if (!viewer) return;
    setLoaded({
      animations: viewer.availableAnimations,
      variants: viewer.availableVariants,
      explosion: explosionOf(viewer),
      canPlace: viewer.canActivateAR || placing !== undefined,
    });
    const asked = labels.findIndex(({ title }) => title === part);
    if (asked !== -1) go(asked);
  }

  function go(at: number) {
    const label = labels[at];
    if (!label || !element.current) return;
    if (apart > 0) pull(0);
    goTo(element.current, label.view, calm);
    tour.go(at);
  }

  function pull(share: number) {
    setApart(share);
    loaded?.explosion?.set(share);
  }

  if (webxr === undefined) return null;
  if (failed) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.model}>
      <div className={styles.stage}>
        <ModelElement
          element={element}
          src={src}
          alt={t('of', { name })}
          poster={file.poster}
          arModes={arModes}
          usdz={file.usdz}
          turns={!calm && labels.length === 0}
          labels={apart > 0 ? [] : labels}
          active={tour.at}
          isSecret={tour.isSecret}
          onLabel={go}
          onLoad={show}
          onError={() => setFailed(true)}
        >
          <button type="button" slot="ar-button" className={styles.ar}>
            {t('ar')}
          </button>
        </ModelElement>
        {loaded && placing && (
          <a className={styles.ar} href={sceneViewerLink(placing, name, window.location.href)}>
            {t('ar')}
          </a>
        )}
        {loaded && (
          <ModelBar
            element={element}
            src={src}
            {...loaded}
            touch={touch}
            labels={labels}
            testing={tour.testing}
            onLabel={go}
            apart={apart}
            onPull={pull}
          />
        )}
      </div>
      {labels.length > 0 && <Tour name={t('tour')} labels={labels} tour={tour} onGo={go} />}
    </div>
  );
}

/** The model as Android's Scene Viewer reads it, where that is the way into the room and the phone carries it. */
function placingOf(file: Viewable, webxr: boolean | undefined): string | undefined {
  const device = { android: isAndroid(navigator.userAgent), webxr: webxr ?? true, secure: isSecureContext };
  if (!needsSceneViewer(device) || !file.model?.whole?.runsOnPhones) return undefined;
  return isGltf(file) ? file.url : file.copies?.packed?.url;
}

interface Loaded {
  animations: readonly string[];
  variants: readonly string[];
  /** Undefined for a model of one piece. */
  explosion: Explosion | undefined;
  /** Whether this device shows it in the room. */
  canPlace: boolean;
}
