import { useEffect } from 'react';
import { directionOf, inBounds, type Look } from './look.ts';

/** Phones that ask their owner first (iOS). */
type Asking = typeof DeviceOrientationEvent & { requestPermission?: () => Promise<'granted' | 'denied'> };

/** Whether the browser can tell how the device is held. */
export const knowsItsWay = (): boolean => window.isSecureContext && 'DeviceOrientationEvent' in window;

/** Asks the owner of the phone where that is needed. Call it from a click. */
export async function mayFollow(): Promise<boolean> {
  const { requestPermission } = window.DeviceOrientationEvent as Asking;
  if (!requestPermission) return true;
  return (await requestPermission().catch(() => 'denied')) === 'granted';
}

/** While it is on, the look goes where the phone points; it begins where one looks. */
export function usePhone(isOn: boolean, move: (change: (look: Look) => Look) => void): void {
  useEffect(() => {
    if (!isOn) return;
    let before: number | undefined;
    const follow = ({ alpha, beta, gamma }: DeviceOrientationEvent) => {
      if (alpha === null || beta === null || gamma === null) return;
      const { heading, pitch } = directionOf(alpha, beta, gamma);
      const turn = before === undefined ? 0 : heading - before;
      before = heading;
      move((look) => inBounds({ ...look, yaw: look.yaw + turn, pitch }));
    };
    window.addEventListener('deviceorientation', follow);
    return () => window.removeEventListener('deviceorientation', follow);
  }, [isOn, move]);
}
