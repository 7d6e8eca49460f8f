import { type PointerEvent, useRef } from 'react';
import { dragged, type Look, zoomed } from './look.ts';

/** A finger that has moved less, in pixels, has pointed. */
const stillClick = 6;

/**
 * One finger or the mouse turns, two fingers or the wheel zoom.
 * @param onPoint told where somebody has pointed without turning
 */
export function useFingers(
  move: (change: (look: Look) => Look) => void,
  onPoint?: (event: PointerEvent) => void,
) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const way = useRef(0);
  const apart = () => {
    const [a, b] = [...down.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const lift = ({ pointerId }: PointerEvent) => down.current.delete(pointerId);
  return {
    wheel: (event: WheelEvent) => {
      event.preventDefault();
      move((look) => zoomed(look, -event.deltaY / 120));
    },
    drag: {
      onPointerDown: ({ pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        currentTarget.setPointerCapture(pointerId);
        down.current.set(pointerId, { x: clientX, y: clientY });
        way.current = 0;
      },
      onPointerMove: ({ pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        const before = down.current.get(pointerId);
        if (!before) return;
        const wasApart = apart();
        down.current.set(pointerId, { x: clientX, y: clientY });
        way.current += Math.hypot(clientX - before.x, clientY - before.y);
        if (down.current.size > 1 && wasApart > 0)
          move((look) => zoomed(look, Math.log(apart() / wasApart) / Math.log(1 / 0.85)));
        else
          move((look) => dragged(look, clientX - before.x, clientY - before.y, currentTarget.clientHeight));
      },
      onPointerUp: (event: PointerEvent) => {
        if (lift(event) && down.current.size === 0 && way.current < stillClick) onPoint?.(event);
      },
      onPointerCancel: lift,
    },
  };
}
