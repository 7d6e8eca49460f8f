import { PauseOutlined, PlayCircleOutlined, QrcodeOutlined } from '@ant-design/icons';
import type { ModelViewerElement } from '@google/model-viewer';
import { Button, Popover, Select } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { encode } from 'uqr';
import { useTexts } from '../../../i18n/index.ts';
import type { ModelLabel } from '../labels/label.ts';
import { useGuiding } from '../vr/guiding.ts';
import { vrTexts } from '../vr/i18n.ts';
import { VrButton } from '../vr/vr-button.tsx';
import { noSceneViewer } from './ar.ts';
import type { Explosion } from './explode.ts';
import { modelTexts } from './i18n.ts';
import styles from './model-viewer.module.css';

interface Props {
  element: RefObject<ModelViewerElement | null>;
  /** Address of the model. */
  src: string;
  animations: readonly string[];
  variants: readonly string[];
  /** Undefined for a model of one piece. */
  explosion: Explosion | undefined;
  /** Whether this device shows it in the room. */
  canPlace: boolean;
  /** Fingers point: most likely a phone. */
  touch: boolean;
  /** Those that are shown, in order. */
  labels: readonly ModelLabel[];
  /** Whether learners test themselves. */
  testing: boolean;
  onLabel: (at: number) => void;
  /** How far the parts are from each other, 0 to 1. */
  apart: number;
  onPull: (share: number) => void;
}

/** Among the variants: none of them. */
const asDelivered = -1;

/** What can be done with an open model, besides turning it. */
export function ModelBar(props: Props) {
  const { element, src, animations, variants, explosion, canPlace, touch, apart, onPull } = props;
  const { labels, testing, onLabel } = props;
  const t = useTexts(modelTexts);
  const vr = useTexts(vrTexts);
  const guiding = useGuiding();
  const [playing, setPlaying] = useState(false);
  const [variant, setVariant] = useState<string>();

  const asked = useRef<string>(undefined);

  /** Where a variant says nothing of a part, the library leaves on it what the one before had; hence by way of none. */
  function wear(name: string | undefined) {
    setVariant(name);
    asked.current = name;
    const viewer = element.current;
    if (!viewer) return;
    const goOn = () => {
      viewer.variantName = asked.current ?? null;
    };
    if (viewer.variantName === null) return goOn();
    viewer.addEventListener('variant-applied', goOn, { once: true });
    viewer.variantName = null;
  }

  function toggle() {
    if (playing) element.current?.pause();
    else element.current?.play();
    setPlaying(!playing);
  }

  function pull(share: number) {
    element.current?.pause();
    setPlaying(false);
    onPull(share);
  }

  return (
    <div className={styles.foot}>
      <span className={styles.hint}>{t('hint')}</span>
      {explosion && (
        <label className={styles.explode}>
          {t('explode')}
          <input
            type="range"
            min={0}
            max={1}
            step={0.01}
            value={apart}
            aria-label={t('explode.parts')}
            aria-valuetext={`${Math.round(apart * 100)}%`}
            onChange={({ target }) => pull(Number(target.value))}
          />
        </label>
      )}
      {animations.length > 0 && (
        <Button
          size="small"
          icon={playing ? <PauseOutlined /> : <PlayCircleOutlined />}
          className={styles.brief}
          title={playing ? t('pause') : t('play')}
          onClick={toggle}
        >
          {playing ? t('pause') : t('play')}
        </Button>
      )}
      {animations.length > 1 && (
        <Select
          size="small"
          className={styles.choice}
          aria-label={t('animation')}
          defaultValue={animations[0]}
          options={animations.map((name) => ({ value: name, label: name }))}
          onChange={(name) => {
            if (!element.current || name === undefined) return;
            element.current.animationName = name;
            element.current.play();
            setPlaying(true);
          }}
        />
      )}
      {variants.length > 0 && (
        <Select
          size="small"
          className={styles.choice}
          aria-label={t('variant')}
          value={variant === undefined ? asDelivered : variants.indexOf(variant)}
          options={[
            { value: asDelivered, label: t('variant.none') },
            ...variants.map((name, at) => ({ value: at, label: name })),
          ]}
          onChange={(at) => wear(variants[at])}
        />
      )}
      <VrButton
        size="small"
        of={src}
        place={async (renderer, leave) => {
          const { modelPlace } = await import('../vr/model-place.ts');
          return modelPlace(renderer, leave, {
            url: src,
            hints: [vr('choose'), vr('walk.turn'), vr('walk.go'), vr('leave.by-button')],
            labels,
            testing,
            variant,
            onLabel,
            onVariant: wear,
            ...guiding,
            words: {
              ...guiding.words,
              variant: vr('board.variant'),
              asDelivered: t('variant.none'),
              apart: vr('board.apart'),
              together: vr('board.together'),
            },
          });
        }}
      />
      <ArState element={element} touch={touch} canPlace={canPlace} />
      <Popover
        trigger="click"
        title={t('phone-code')}
        content={
          <div className={styles.phone}>
            <QrCode text={window.location.href} label={t('phone-code')} />
            {!canPlace && <p>{t('phone-code.ar')}</p>}
          </div>
        }
      >
        <Button
          size="small"
          icon={<QrcodeOutlined />}
          className={`${styles.code} ${styles.brief}`}
          title={t('on-phone')}
        >
          {t('on-phone')}
        </Button>
      </Popover>
    </div>
  );
}

/** Says so when a phone cannot show the model in the room, or has tried in vain. */
function ArState({ element, touch, canPlace }: Pick<Props, 'element' | 'touch' | 'canPlace'>) {
  const t = useTexts(modelTexts);
  const [failed, setFailed] = useState(false);
  const [hasProgram, setHasProgram] = useState(true);
  useEffect(() => {
    const back = () => {
      if (window.location.hash !== noSceneViewer) return;
      setHasProgram(false);
      window.history.back();
    };
    window.addEventListener('hashchange', back);
    return () => window.removeEventListener('hashchange', back);
  }, []);
  useEffect(() => {
    const viewer = element.current;
    if (!viewer) return;
    const tell = (event: Event) =>
      setFailed((event as CustomEvent<{ status: string }>).detail.status === 'failed');
    viewer.addEventListener('ar-status', tell);
    return () => viewer.removeEventListener('ar-status', tell);
  }, [element]);
  if (failed) return <span role="alert">{t('ar.failed')}</span>;
  if (!hasProgram) return <span role="alert">{t('ar.no-program')}</span>;
  if (!touch || canPlace) return null;
  // Browsers start WebXR on secure pages only; then the device is not at fault.
  return <span>{window.isSecureContext ? t('ar.cannot') : t('ar.insecure')}</span>;
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const dark = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
    .join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={200} height={200} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
