import type { Scene, Vector3, WebGLRenderer } from 'three';

/** What somebody with a headset is in the midst of. */
export interface Place {
  readonly scene: Scene;
  /** Whether there is a floor to walk on; otherwise the place goes along with its visitor. */
  readonly hasFloor: boolean;
  /** Told before each picture: seconds since the last one, and where the eyes are. */
  onFrame?(seconds: number, eyes: Vector3): void;
  /** Told when the trigger is pulled where there is no floor. */
  onPress?(): void;
  dispose(): void;
}

/** Makes a place, once there is what draws it. */
export type MakePlace = (renderer: WebGLRenderer) => Promise<Place>;
