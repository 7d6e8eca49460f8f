import type { Scene, Vector3, WebGLRenderer } from 'three';
import type { Guide } from './guide.ts';
import type { HintPlate } from './hint-plate.ts';

/** What somebody with a headset is in the midst of. */
export interface Place {
  readonly scene: Scene;
  /** Whether there is a floor to walk on; otherwise the place goes along with its visitor. */
  readonly hasFloor: boolean;
  /** Told before each picture: seconds since the last one, where the eyes are, and which way they look. */
  onFrame(seconds: number, eyes: Vector3, view: Vector3): void;
  /** What can be pointed at and pressed. */
  readonly guide: Guide;
  /** Tells somebody who has just put the headset on what their hands do. */
  readonly hint: HintPlate;
  /** Told when the trigger is pulled where there is no floor. */
  onPress?(): void;
  dispose(): void;
}

/** Makes a place, once there is what draws it; what is in it may take the visitor out. */
export type MakePlace = (renderer: WebGLRenderer, leave: () => Promise<void>) => Promise<Place>;
