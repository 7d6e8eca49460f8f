import { type Camera, type Group, Mesh, MeshBasicMaterial, RingGeometry, Vector3 } from 'three';
import type { Hand, Hands } from './hands.ts';
import type { Place } from './place.ts';

/** Turning in steps makes nobody sick. */
const turn = Math.PI / 6;
const pushed = 0.7;
const released = 0.3;
/** Metres that one goes at once. */
const farthest = 15;
const up = new Vector3(0, 1, 0);

/** Where a ray meets the floor; undefined when it points above it, or too far away. */
function floorAt(from: Vector3, along: Vector3): Vector3 | undefined {
  if (along.y >= -0.05 || from.y <= 0) return undefined;
  const at = from.clone().addScaledVector(along, -from.y / along.y);
  return Math.hypot(at.x - from.x, at.z - from.z) > farthest ? undefined : at;
}

/** Moves a visitor by their controllers: they turn in steps, and walk by pointing at the floor. */
export class Walk {
  readonly #place: Place;
  readonly #visitor: Group;
  readonly #camera: Camera;
  readonly #hands: Hands;
  readonly #leave: () => void;
  readonly #ring = new Mesh(
    new RingGeometry(0.18, 0.24, 32).rotateX(-Math.PI / 2),
    new MeshBasicMaterial({ color: 0x0f6e84 }),
  );
  /** What each hand was about at the last step. */
  readonly #before = new Map<Hand['ray'], { isAiming: boolean; hasTurned: boolean }>();
  #target: Vector3 | undefined;
  #hasLeft = false;

  constructor(place: Place, visitor: Group, camera: Camera, hands: Hands, leave: () => void) {
    this.#place = place;
    this.#visitor = visitor;
    this.#camera = camera;
    this.#hands = hands;
    this.#leave = leave;
    this.#ring.visible = false;
    place.scene.add(this.#ring);
  }

  step(): void {
    this.#ring.visible = false;
    for (const hand of this.#hands.now()) this.#follow(hand);
  }

  #follow({ ray, isPulled, stick, wantsOut }: Hand): void {
    const before = this.#before.get(ray) ?? { isAiming: false, hasTurned: false };
    const isAiming = isPulled || stick.y < (before.isAiming ? -released : -pushed);
    const hasTurned = Math.abs(stick.x) > (before.hasTurned ? released : pushed);
    this.#before.set(ray, { isAiming, hasTurned });
    if (hasTurned && !before.hasTurned) this.#turn(stick.x > 0 ? -turn : turn);
    if (wantsOut && !this.#hasLeft) {
      this.#hasLeft = true;
      this.#leave();
    }
    if (!this.#place.hasFloor) {
      if (isPulled && !before.isAiming) this.#place.onPress?.();
    } else if (isAiming) this.#aim(ray);
    else if (before.isAiming) this.#go();
  }

  #aim(ray: Hand['ray']): void {
    ray.updateWorldMatrix(true, false);
    const from = new Vector3().setFromMatrixPosition(ray.matrixWorld);
    const along = new Vector3(0, 0, -1).transformDirection(ray.matrixWorld);
    this.#target = floorAt(from, along);
    if (!this.#target) return;
    this.#ring.visible = true;
    this.#ring.position.copy(this.#target).setY(0.01);
  }

  /** The feet come to where the ring was. */
  #go(): void {
    if (!this.#target) return;
    const eyes = this.#camera.getWorldPosition(new Vector3());
    this.#visitor.position.x += this.#target.x - eyes.x;
    this.#visitor.position.z += this.#target.z - eyes.z;
    this.#target = undefined;
  }

  /** Around the eyes, which need not be over the middle of the room. */
  #turn(angle: number): void {
    const eyes = this.#camera.getWorldPosition(new Vector3());
    const { position } = this.#visitor;
    const { y } = position;
    position.sub(eyes).applyAxisAngle(up, angle).add(eyes).setY(y);
    this.#visitor.rotateY(angle);
  }
}
