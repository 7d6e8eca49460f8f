import {
  BufferGeometry,
  CylinderGeometry,
  type Group,
  Line,
  LineBasicMaterial,
  Mesh,
  MeshBasicMaterial,
  Vector3,
  type WebXRManager,
  type XRTargetRaySpace,
} from 'three';

/** What a hand does at this moment. */
export interface Hand {
  readonly ray: XRTargetRaySpace;
  /** Whether the trigger is held. */
  readonly isPulled: boolean;
  /** The thumbstick, or the touchpad where there is none: to the right and towards oneself, -1 to 1. */
  readonly stick: { readonly x: number; readonly y: number };
  /** Whether B or Y is held. */
  readonly wantsOut: boolean;
}

/** Where B and Y are on controllers of the kind `xr-standard` (WebXR Gamepads Module, section 3.3). */
const outButton = 5;

/** The controllers of a headset, as short rods with a ray each. Nothing is fetched to draw them. */
export class Hands {
  readonly #hands: { ray: XRTargetRaySpace; isPulled: boolean; gamepad: Gamepad | undefined }[];
  readonly #rod = new CylinderGeometry(0.012, 0.018, 0.12, 12).rotateX(Math.PI / 2);
  readonly #grey = new MeshBasicMaterial({ color: 0x8a8f91 });
  readonly #line = new BufferGeometry().setFromPoints([new Vector3(0, 0, 0), new Vector3(0, 0, -1)]);
  readonly #light = new LineBasicMaterial({ color: 0x4fb3c8 });

  constructor(xr: WebXRManager, visitor: Group) {
    this.#hands = [0, 1].map((index) => {
      const ray = xr.getController(index);
      const hand = { ray, isPulled: false, gamepad: undefined as Gamepad | undefined };
      ray.addEventListener('connected', ({ data }) => {
        hand.gamepad = data.gamepad;
        if (data.targetRayMode === 'tracked-pointer')
          ray.add(new Mesh(this.#rod, this.#grey), new Line(this.#line, this.#light));
      });
      ray.addEventListener('disconnected', () => {
        hand.gamepad = undefined;
        hand.isPulled = false;
        ray.clear();
      });
      ray.addEventListener('selectstart', () => {
        hand.isPulled = true;
      });
      ray.addEventListener('selectend', () => {
        hand.isPulled = false;
      });
      visitor.add(ray);
      return hand;
    });
  }

  now(): Hand[] {
    return this.#hands.map(({ ray, isPulled, gamepad }) => {
      const [padX = 0, padY = 0, x = padX, y = padY] = gamepad?.axes ?? [];
      return { ray, isPulled, stick: { x, y }, wantsOut: gamepad?.buttons[outButton]?.pressed ?? false };
    });
  }

  dispose(): void {
    for (const part of [this.#rod, this.#grey, this.#line, this.#light]) part.dispose();
  }
}
