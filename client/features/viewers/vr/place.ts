import type { Object3D, Scene, Vector3, WebGLRenderer } from 'three';

/** What somebody with a headset is in the midst of. */
export interface Place {
  readonly scene: Scene;
  /** Whether there is a floor to walk on; otherwise the place goes along with its visitor. */
  readonly hasFloor: boolean;
  /** What goes along with the visitor wherever they walk. */
  readonly carried?: Object3D;
  /** Told before each picture: seconds since the last one, where the eyes are, and which way they look. */
  onFrame?(seconds: number, eyes: Vector3, view: Vector3): void;
  /** Told before each picture, before rays are: nothing is pointed at. */
  forget?(): void;
  /** What a hand's ray points at: after how many metres it meets what can be pressed. */
  aim?(from: Vector3, along: Vector3): number | undefined;
  /** Told when the trigger is pulled on what was aimed at last. */
  press?(): void;
  /** Told when the trigger is pulled where there is no floor. */
  onPress?(): void;
  dispose(): void;
}

/** Makes a place, once there is what draws it; what is in it may take the visitor out. */
export type MakePlace = (renderer: WebGLRenderer, leave: () => void) => Promise<Place>;
