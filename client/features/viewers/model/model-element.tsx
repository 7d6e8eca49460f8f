import { ModelViewerElement } from '@google/model-viewer';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { USDZExporter } from 'three/examples/jsm/exporters/USDZExporter.js';
import * as textureUtils from 'three/examples/jsm/utils/WebGLTextureUtils.js';
import type { ModelLabel } from '../labels/label.ts';
import { LabelMark } from '../labels/label-mark.tsx';
import { type Place, placeAt, plain, slotOf } from './label.ts';
import styles from './model-element.module.css';
import { useSpoken } from './spoken.ts';

// Every decoder comes from us. The library asks foreign hosts as soon as an element is made, unless it finds other places
// at this global name.
Object.assign(window, { ModelViewerElement });
const decoders = `${window.location.origin}/viewers/gltf`;
ModelViewerElement.dracoDecoderLocation = `${decoders}/draco/`;
ModelViewerElement.ktx2TranscoderLocation = `${decoders}/basis/`;
ModelViewerElement.meshoptDecoderLocation = `${decoders}/meshopt.js`;
ModelViewerElement.lottieLoaderLocation = `${decoders}/none.js`;

// Of a model that has no USDZ beside it the library makes one for Quick Look, but gives its exporter nothing that
// unpacks KTX2, over which that would fail.
const { parseAsync } = USDZExporter.prototype;
USDZExporter.prototype.parseAsync = function (...given) {
  this.textureUtils = textureUtils;
  return parseAsync.apply(this, given);
};

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
        'ar-modes'?: string | undefined;
        'ios-src'?: string | undefined;
        'camera-controls'?: boolean;
        'disable-tap'?: boolean;
        'max-camera-orbit'?: string;
        'auto-rotate'?: boolean;
        'shadow-intensity'?: string;
        'touch-action'?: string;
        'interaction-prompt'?: string;
        a11y?: string;
      };
    }
  }
}

interface Props {
  element: RefObject<ModelViewerElement | null>;
  src: string;
  alt: string;
  poster?: string | undefined;
  /** Ways into the room, in the order in which they are tried; without them it is not offered. */
  arModes?: string | undefined;
  /** The model as Apple's programs read it, when the author has given it. */
  usdz?: string | undefined;
  turns?: boolean;
  /** Whether a click leaves the model where it is, rather than bring that point to the middle. */
  isStill?: boolean;
  labels?: readonly Pick<ModelLabel, 'title' | 'position' | 'normal'>[];
  /** The label that is looked at. */
  active?: number | undefined;
  /** Whether a label's name is for the learner to remember. */
  isSecret?: (at: number) => boolean;
  onLabel?: (at: number) => void;
  /** Told which point of the model was clicked, or that it was beside it; while this is given, the pointer is a cross. */
  onPoint?: ((place: Place | undefined) => void) | undefined;
  onLoad?: () => void;
  onError?: () => void;
  children?: ReactNode;
}

const stillClick = 6;

/** A model to turn, with numbered labels on its surface. */
export function ModelElement(props: Props) {
  const { element, labels = [], active, isSecret = () => false, onLabel, onPoint, children } = props;
  const spoken = useSpoken();
  const now = useRef(props);
  now.current = props;
  const down = useRef({ x: 0, y: 0 });

  useEffect(() => {
    const viewer = element.current;
    if (!viewer) return;
    const loaded = () => now.current.onLoad?.();
    const broken = () => now.current.onError?.();
    viewer.addEventListener('load', loaded);
    viewer.addEventListener('error', broken);
    return () => {
      viewer.removeEventListener('load', loaded);
      viewer.removeEventListener('error', broken);
    };
  }, [element]);

  function point({ clientX, clientY }: React.MouseEvent) {
    const isStill = Math.hypot(clientX - down.current.x, clientY - down.current.y) < stillClick;
    if (element.current && isStill) onPoint?.(placeAt(element.current, clientX, clientY));
  }

  return (
    <model-viewer
      ref={element}
      src={props.src}
      alt={props.alt}
      poster={props.poster}
      ar={props.arModes !== undefined}
      ar-modes={props.arModes}
      ios-src={props.usdz}
      camera-controls
      disable-tap={props.isStill ?? false}
      max-camera-orbit="auto auto 400%"
      auto-rotate={props.turns ?? false}
      shadow-intensity="0.6"
      touch-action="pan-y"
      interaction-prompt="none"
      a11y={spoken}
      className={`${styles.canvas} ${onPoint ? styles.aiming : ''}`}
      onPointerDown={({ clientX, clientY }) => {
        down.current = { x: clientX, y: clientY };
      }}
      onClick={onPoint && point}
    >
      <div slot="progress-bar" />
      {labels.map((label, at) => (
        <LabelMark
          key={slotOf(label, at)}
          slot={slotOf(label, at)}
          data-position={plain(label.position)}
          data-normal={plain(label.normal)}
          data-visibility-attribute="visible"
          className={styles.label}
          at={at}
          title={label.title}
          isActive={at === active}
          isSecret={isSecret(at)}
          onClick={(event) => {
            event.stopPropagation();
            onLabel?.(at);
          }}
        />
      ))}
      {children}
    </model-viewer>
  );
}
