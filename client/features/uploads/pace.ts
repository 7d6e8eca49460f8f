export interface Pace {
  /**
   * Takes in how much has been sent at a moment (ms).
   * @returns bytes per second, smoothed; undefined when too little time has passed since the last figure
   */
  at(sent: number, now: number): number | undefined;
  /** A pause lies between the last figure and the next. */
  rest(): void;
}

const shortest = 400;
const weightOfNews = 0.3;

/** Speed of a transfer: an exponential moving average, so that the remaining time does not jump about. */
export function paceOf(): Pace {
  let last: { sent: number; now: number } | undefined;
  let speed = 0;
  return {
    at(sent, now) {
      if (!last) {
        last = { sent, now };
        return speed;
      }
      const passed = now - last.now;
      if (passed < shortest) return undefined;
      const measured = Math.max(sent - last.sent, 0) / (passed / 1000);
      speed = speed === 0 ? measured : speed + weightOfNews * (measured - speed);
      last = { sent, now };
      return speed;
    },
    rest() {
      last = undefined;
    },
  };
}
