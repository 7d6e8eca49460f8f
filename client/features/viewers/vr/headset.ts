import { Color, Group, NeutralToneMapping, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { Hands } from './hands.ts';
import type { MakePlace, Place } from './place.ts';
import { Walk } from './walk.ts';

/** Metres: where the eyes of somebody are whose headset does not know of the floor. */
const eyeHeight = 1.6;
/** Seconds between two pictures at most: more means that the session was away. */
const longest = 0.1;

/** Somebody with a headset, who is somewhere. */
export interface Visit {
  /**
   * Brings them to a place, once it is made; where they were before is there until then, and the last one asked for
   * is where they end up.
   * @throws when the place cannot be made
   */
  goTo(make: MakePlace): Promise<void>;
}

/** Begins to show places in a headset (WebXR), at their real size, until the session ends. */
export async function visit(session: XRSession): Promise<Visit> {
  const renderer = new WebGLRenderer({ antialias: true });
  renderer.toneMapping = NeutralToneMapping;
  renderer.xr.enabled = true;
  const knowsFloor = await session.requestReferenceSpace('local-floor').then(
    () => true,
    () => false,
  );
  renderer.xr.setReferenceSpaceType(knowsFloor ? 'local-floor' : 'local');
  const visitor = new Group();
  const camera = new PerspectiveCamera(75, 1, 0.05, 500);
  visitor.add(camera);
  visitor.position.y = knowsFloor ? 0 : eyeHeight;
  const hands = new Hands(renderer.xr, visitor);
  const waiting = new Scene();
  waiting.background = new Color(0x2a2825);

  let place: Place | undefined;
  let hasEnded = false;
  session.addEventListener('end', () => {
    hasEnded = true;
    renderer.setAnimationLoop(null);
    place?.dispose();
    hands.dispose();
    renderer.dispose();
  });
  await renderer.xr.setSession(session);
  renderer.setAnimationLoop(() => renderer.render(waiting, camera));
  const leave = () => session.end();
  const [eyes, view] = [new Vector3(), new Vector3()];
  let asked = 0;

  function enter(next: Place): void {
    const before = place;
    place = next;
    const walk = new Walk(next, visitor, camera, hands, leave);
    if (before) visitor.remove(before.guide.board.group);
    visitor.add(next.guide.board.group);
    next.scene.add(visitor);
    next.hint.mesh.visible = before === undefined;
    before?.dispose();
    let last = performance.now();
    renderer.setAnimationLoop((now) => {
      const seconds = Math.min(longest, Math.max(0, (now - last) / 1000));
      last = now;
      walk.step();
      next.onFrame(seconds, camera.getWorldPosition(eyes), camera.getWorldDirection(view));
      renderer.render(next.scene, camera);
    });
  }

  return {
    async goTo(make) {
      const turn = ++asked;
      const next = await make(renderer, leave);
      if (hasEnded || turn !== asked) next.dispose();
      else enter(next);
    },
  };
}
