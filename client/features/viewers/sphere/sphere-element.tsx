import type { Viewer } from '@photo-sphere-viewer/core';
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
import { type Direction, inBounds, inTenths, kept, keyed, type Look, startOf } from './look.ts';
import { usePhone } from './phone.ts';
import styles from './sphere-element.module.css';
import { directionAt, pointOf } from './surround.ts';
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
  const place = useRef<HTMLDivElement>(null);
  const marks = useRef<HTMLDivElement>(null);
  const held = useRef<{ at: number; hasMoved: boolean }>(undefined);
  const latest = useRef(labels);
  latest.current = labels;

  const { viewer, isThere, look, move, goTo, picture } = useStage({
    place,
    scene,
    arrival,
    next,
    film: props.film,
    calm,
    onDraw: (from) => putMarks(marks.current, latest.current, from),
    onPoint,
    onHelpless,
  });
  usePhone(follows, move);

  useLayoutEffect(() => viewer.current && putMarks(marks.current, labels, viewer.current));
  useEffect(() => {
    control.current = { look: () => kept(look()), goTo, move, picture };
  });

  const pointedAt = ({ clientX, clientY }: PointerEvent): Direction | undefined => {
    const box = place.current?.getBoundingClientRect();
    const to = { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
    const at = viewer.current?.dataHelper.viewerCoordsToSphericalCoords(to);
    return at && directionAt(at);
  };

  function shiftByKey(at: number, event: KeyboardEvent) {
    const step = event.shiftKey ? 5 : 0.5;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const label = labels[at];
    if (!way || !label || !onShift) return;
    event.preventDefault();
    const [right = 0, up = 0] = way;
    const { yaw, pitch } = label.position;
    const to = inTenths(inBounds({ ...look(), yaw: yaw + right * step, pitch: pitch + up * step }));
    onShift(at, to);
    if (viewer.current && !isWellInside(viewer.current, to)) goTo({ ...look(), ...to });
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
        ref={place}
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
          const after = keyed(look(), event.key, startOf(scene.sphere));
          if (!after) return;
          event.preventDefault();
          move(() => after);
        }}
        onPointerDown={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
      />
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
function putMarks(
  place: HTMLElement | null,
  labels: readonly { position: Direction }[],
  viewer: Viewer,
): void {
  for (const [at, mark] of [...(place?.children ?? [])].entries()) {
    const label = labels[at];
    if (!label || !(mark instanceof HTMLElement)) continue;
    const point = pointOf(label.position);
    const isSeen = viewer.dataHelper.isPointVisible(point);
    mark.style.visibility = isSeen ? 'visible' : 'hidden';
    const { x, y } = viewer.dataHelper.sphericalCoordsToViewerCoords(point);
    if (isSeen) mark.style.transform = `translate(${x - 22}px, ${y - 22}px)`;
  }
}

function isWellInside({ dataHelper, state: { size } }: Viewer, at: Direction): boolean {
  const { x, y } = dataHelper.sphericalCoordsToViewerCoords(pointOf(at));
  return (
    dataHelper.isPointVisible(pointOf(at)) &&
    Math.abs(x / size.width - 0.5) < 0.42 &&
    Math.abs(y / size.height - 0.5) < 0.42
  );
}
