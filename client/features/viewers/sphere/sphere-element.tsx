import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { useCalm } from '../../../theme/appearance.ts';
import { stemOf } from '../kinds.ts';
import { leadsOn, type Scene } from '../labels/label.ts';
import { LabelMark } from '../labels/label-mark.tsx';
import { sphereTexts } from './i18n.ts';
import { type Direction, directionAt, inBounds, kept, keyed, type Look, placeOf, startOf } from './look.ts';
import { usePhone } from './phone.ts';
import styles from './sphere-element.module.css';
import { useFingers } from './use-fingers.ts';
import { useStage } from './use-stage.ts';

/** What others do with an open sphere. */
export interface SphereControl {
  /** How it is looked at now; while its picture is on the way, how it will be. */
  look(): Look;
  goTo(look: Look): void;
  move(change: (look: Look) => Look): void;
  picture(): Promise<Blob>;
}

interface Props {
  control: RefObject<SphereControl | null>;
  scene: Scene;
  arrival?: Look | undefined;
  /** Addresses of the scenes that one may go on to. */
  next?: readonly string[];
  /** What plays on the stage, in place of the scene's picture. */
  film?: RefObject<HTMLVideoElement | null>;
  /** More keys than those that look around: what they do, and whether one was meant. */
  keys?: { says: string; press: (key: string) => boolean };
  /** Whether the look follows the phone. */
  follows?: boolean;
  labels: readonly { title: string; position: Direction; scene?: unknown }[];
  active?: number | undefined;
  isSecret?: (at: number) => boolean;
  onLabel: (at: number) => void;
  /** Told to which point of the sphere somebody has pointed; while this is given, the pointer is a cross. */
  onPoint?: ((at: Direction) => void) | undefined;
  /** Lets labels be moved, by dragging or by arrow keys. */
  onShift?: (label: number, to: Direction) => void;
  onHelpless: () => void;
}

/** A sphere to look around in, with numbered labels in it. */
export function SphereElement(props: Props) {
  const { control, scene, arrival, next = [], follows = false, labels, active, onPoint, onHelpless } = props;
  const { isSecret = () => false, onLabel, onShift } = props;
  const t = useTexts(sphereTexts);
  const calm = useCalm();
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const held = useRef<{ at: number; hasMoved: boolean }>(undefined);
  const latest = useRef(labels);
  latest.current = labels;

  const { look, move, goTo, draw, shown } = useStage({
    canvas,
    scene,
    arrival,
    next,
    film: props.film,
    calm,
    onDraw: (from) => putMarks(marks.current, latest.current, from),
    onHelpless,
  });
  usePhone(follows, move);

  const isThere = shown === scene.url;
  useLayoutEffect(() => putMarks(marks.current, labels, look.current));
  useEffect(() => {
    control.current = {
      look: () => kept(isThere ? look.current : (arrival ?? startOf(scene.sphere))),
      goTo,
      move,
      picture: () =>
        new Promise((resolve, reject) => {
          draw();
          canvas.current?.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Nothing is drawn'))));
        }),
    };
  });

  const pointedAt = ({ clientX, clientY }: { clientX: number; clientY: number }): Direction | undefined => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || box.height === 0) return undefined;
    const place = { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
    return directionAt(look.current, place, box.width / box.height);
  };
  const { drag, wheel } = useFingers(move, (event) => {
    const at = pointedAt(event);
    if (at) onPoint?.(at);
  });
  useEffect(() => {
    const element = canvas.current;
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  });

  function shiftByKey(at: number, event: KeyboardEvent) {
    const step = event.shiftKey ? 5 : 0.5;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const label = labels[at];
    if (!way || !label || !onShift) return;
    event.preventDefault();
    const [right = 0, up = 0] = way;
    const { yaw, pitch } = kept(
      inBounds({
        yaw: label.position.yaw + right * step,
        pitch: label.position.pitch + up * step,
        width: look.current.width,
      }),
    );
    onShift(at, { yaw, pitch });
    if (!isWellInside(canvas.current, look.current, { yaw, pitch })) goTo({ ...look.current, yaw, pitch });
  }

  const holding = (at: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { at, hasMoved: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const to = held.current?.at === at && pointedAt(event);
      if (!to || !held.current || Math.hypot(event.movementX, event.movementY) === 0) return;
      held.current.hasMoved = true;
      onShift?.(at, to);
    },
    onPointerCancel: () => {
      held.current = undefined;
    },
    onKeyDown: (event: KeyboardEvent) => shiftByKey(at, event),
  });

  return (
    <div className={styles.stage} aria-busy={!isThere}>
      <div
        className={`${styles.around} ${onPoint ? styles.aiming : ''}`}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys look around in it
        tabIndex={0}
        aria-label={[t('of', { name: stemOf(scene.path) }), props.keys?.says].filter(Boolean).join(' ')}
        onKeyDown={(event) => {
          if (props.keys?.press(event.key)) {
            event.preventDefault();
            return;
          }
          const after = keyed(look.current, event.key, startOf(scene.sphere));
          if (!after) return;
          event.preventDefault();
          move(() => after);
        }}
        {...drag}
      >
        <canvas ref={canvas} className={styles.canvas} />
      </div>
      <div ref={marks} className={styles.marks}>
        {isThere &&
          labels.map((label, at) => (
            <LabelMark
              // biome-ignore lint/suspicious/noArrayIndexKey: labels have no names of their own
              key={at}
              className={`${styles.mark} ${onShift ? styles.movable : ''}`}
              at={at}
              title={label.title}
              isActive={at === active}
              isSecret={isSecret(at)}
              leads={leadsOn(label)}
              {...(onShift && holding(at))}
              onClick={() => {
                const hasMoved = held.current?.hasMoved;
                held.current = undefined;
                if (!hasMoved) onLabel(at);
              }}
            />
          ))}
      </div>
      <p aria-live="polite" className="visually-hidden">
        {isThere && next.length > 0 && t('arrived', { name: stemOf(scene.path) })}
      </p>
    </div>
  );
}

/** Brings each label to where it is seen; those that are not seen are not there. */
function putMarks(place: HTMLElement | null, labels: readonly { position: Direction }[], look: Look): void {
  if (!place) return;
  const { clientWidth: width, clientHeight: height } = place;
  for (const [at, mark] of [...place.children].entries()) {
    const label = labels[at];
    if (!label || !(mark instanceof HTMLElement)) continue;
    const seen = placeOf(look, label.position, width / Math.max(1, height));
    const isSeen = seen && seen.x > 0 && seen.x < 1 && seen.y > 0 && seen.y < 1;
    mark.style.visibility = isSeen ? 'visible' : 'hidden';
    if (isSeen) mark.style.transform = `translate(${seen.x * width - 22}px, ${seen.y * height - 22}px)`;
  }
}

function isWellInside(canvas: HTMLCanvasElement | null, look: Look, at: Direction): boolean {
  const aspect = (canvas?.clientWidth ?? 1) / Math.max(1, canvas?.clientHeight ?? 1);
  const seen = placeOf(look, at, aspect);
  return seen !== undefined && Math.abs(seen.x - 0.5) < 0.42 && Math.abs(seen.y - 0.5) < 0.42;
}
