import { type Camera, type Group, Mesh, MeshBasicMaterial, RingGeometry, Vector3 } from 'three';
import { type Hand, type Hands, reachOf } from './hands.ts';
import type { Place } from './place.ts';

/** Turning in steps makes nobody sick. */
const turn = Math.PI / 6;
const pushed = 0.7;
const released = 0.3;
/** Metres that one goes at once. */
const farthest = 15;
const up = new Vector3(0, 1, 0);

/** Puts a point where a ray meets the floor; false when it points above it, or too far away. */
function meetsFloor(at: Vector3, from: Vector3, along: Vector3): boolean {
  if (along.y >= -0.05 || from.y <= 0) return false;
  at.copy(from).addScaledVector(along, -from.y / along.y);
  return Math.hypot(at.x - from.x, at.z - from.z) <= farthest;
}

/** What a hand was about at the last step. */
interface Before {
  isAiming: boolean;
  hasTurned: boolean;
  /** The trigger is held since it pressed something: it leads nowhere. */
  hasPressed: boolean;
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
  readonly #before = new Map<Hand['ray'], Before>();
  readonly #from = new Vector3();
  readonly #along = new Vector3();
  readonly #eyes = new Vector3();
  readonly #target = new Vector3();
  #hasTarget = false;
  #hasLeft = false;

  constructor(place: Place, visitor: Group, camera: Camera, hands: Hands, leave: () => void) {
    this.#place = place;
    this.#visitor = visitor;
    this.#camera = camera;
    this.#hands = hands;
    this.#leave = leave;
    this.#ring.visible = false;
    if (place.hasFloor) place.scene.add(this.#ring);
  }

  step(): void {
    this.#ring.visible = false;
    this.#place.guide.forget();
    for (const hand of this.#hands.now()) this.#follow(hand);
  }

  #beforeOf(ray: Hand['ray']): Before {
    let before = this.#before.get(ray);
    if (!before) {
      before = { isAiming: false, hasTurned: false, hasPressed: false };
      this.#before.set(ray, before);
    }
    return before;
  }

  #follow({ ray, isPulled, wasPressed, stick, wantsOut }: Hand): void {
    const before = this.#beforeOf(ray);
    if (this.#points(ray) && wasPressed) {
      before.hasPressed = true;
      this.#place.guide.press();
    }
    before.hasPressed &&= isPulled;
    const isPushed = stick.y < (before.isAiming ? -released : -pushed);
    const isAiming = (isPulled && !before.hasPressed) || isPushed;
    const hasTurned = Math.abs(stick.x) > (before.hasTurned ? released : pushed);
    const { isAiming: wasAiming, hasTurned: hadTurned } = before;
    before.isAiming = isAiming;
    before.hasTurned = hasTurned;
    if (hasTurned && !hadTurned) this.#turn(stick.x > 0 ? -turn : turn);
    if (wantsOut && !this.#hasLeft) {
      this.#hasLeft = true;
      this.#leave();
    }
    if (!this.#place.hasFloor) {
      if (isPulled && isAiming && !wasAiming) this.#place.onPress?.();
    } else if (isAiming) this.#aim(ray);
    else if (wasAiming) this.#go();
  }

  /** Whether a hand points at what can be pressed; its ray ends there. */
  #points(ray: Hand['ray']): boolean {
    if (!ray.visible) return false;
    this.#follows(ray);
    const distance = this.#place.guide.aim(this.#from, this.#along);
    reachOf(ray, distance ?? 1);
    return distance !== undefined;
  }

  #follows(ray: Hand['ray']): void {
    ray.updateWorldMatrix(true, false);
    this.#from.setFromMatrixPosition(ray.matrixWorld);
    this.#along.set(0, 0, -1).transformDirection(ray.matrixWorld);
  }

  #aim(ray: Hand['ray']): void {
    this.#follows(ray);
    this.#hasTarget = meetsFloor(this.#target, this.#from, this.#along);
    if (!this.#hasTarget) return;
    this.#ring.visible = true;
    this.#ring.position.copy(this.#target).setY(0.01);
  }

  /** The feet come to where the ring was. */
  #go(): void {
    if (!this.#hasTarget) return;
    const eyes = this.#camera.getWorldPosition(this.#eyes);
    this.#visitor.position.x += this.#target.x - eyes.x;
    this.#visitor.position.z += this.#target.z - eyes.z;
    this.#hasTarget = false;
  }

  /** Around the eyes, which need not be over the middle of the room. */
  #turn(angle: number): void {
    const eyes = this.#camera.getWorldPosition(this.#eyes);
    const { position } = this.#visitor;
    const { y } = position;
    position.sub(eyes).applyAxisAngle(up, angle).add(eyes).setY(y);
    this.#visitor.rotateY(angle);
  }
}
