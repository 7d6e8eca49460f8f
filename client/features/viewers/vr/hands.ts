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
  /** Whether the trigger is held, or fingers are pinched. */
  isPulled: boolean;
  /** Whether that began since the last picture, and even if it has ended since. */
  wasPressed: boolean;
  /** The thumbstick, or the touchpad where there is none: to the right and towards oneself, -1 to 1. */
  readonly stick: { x: number; y: number };
  /** Whether B or Y is held. */
  wantsOut: boolean;
}

/** Where B and Y are on controllers of the kind `xr-standard` (WebXR Gamepads Module, section 3.3). */
const outButton = 5;

/** The controllers of a headset, as short rods with a ray each. Nothing is fetched to draw them. */
export class Hands {
  readonly #hands: (Hand & { hasBegun: boolean; gamepad: Gamepad | undefined })[];
  readonly #rod = new CylinderGeometry(0.012, 0.018, 0.12, 12).rotateX(Math.PI / 2);
  readonly #grey = new MeshBasicMaterial({ color: 0x8a8f91 });
  readonly #line = new BufferGeometry().setFromPoints([new Vector3(0, 0, 0), new Vector3(0, 0, -1)]);
  readonly #light = new LineBasicMaterial({ color: 0x4fb3c8, transparent: true });

  constructor(xr: WebXRManager, visitor: Group) {
    this.#hands = [0, 1].map((index) => {
      const ray = xr.getController(index);
      const hand = {
        ray,
        isPulled: false,
        wasPressed: false,
        hasBegun: false,
        stick: { x: 0, y: 0 },
        wantsOut: false,
        gamepad: undefined as Gamepad | undefined,
      };
      ray.addEventListener('connected', ({ data }) => {
        hand.gamepad = data.gamepad;
        if (data.targetRayMode !== 'tracked-pointer') return;
        const line = new Line(this.#line, this.#light);
        line.renderOrder = 30; // over plates, which are over everything else
        ray.add(new Mesh(this.#rod, this.#grey), line);
      });
      ray.addEventListener('disconnected', () => {
        hand.gamepad = undefined;
        hand.isPulled = false;
        ray.clear();
      });
      ray.addEventListener('selectstart', () => {
        hand.isPulled = true;
        hand.hasBegun = true;
      });
      ray.addEventListener('selectend', () => {
        hand.isPulled = false;
      });
      visitor.add(ray);
      return hand;
    });
  }

  /** The same two, as they are for this picture. */
  now(): readonly Hand[] {
    for (const hand of this.#hands) {
      const axes = hand.gamepad?.axes;
      const isStick = (axes?.length ?? 0) > 2;
      hand.stick.x = axes?.[isStick ? 2 : 0] ?? 0;
      hand.stick.y = axes?.[isStick ? 3 : 1] ?? 0;
      hand.wantsOut = hand.gamepad?.buttons[outButton]?.pressed ?? false;
      hand.wasPressed = hand.hasBegun;
      hand.hasBegun = false;
    }
    return this.#hands;
  }

  dispose(): void {
    for (const part of [this.#rod, this.#grey, this.#line, this.#light]) part.dispose();
  }
}

/** Draws a hand's ray so many metres long. */
export function reachOf(ray: XRTargetRaySpace, metres: number): void {
  for (const part of ray.children) if (part instanceof Line) part.scale.z = metres;
}
