import { Color, Group, NeutralToneMapping, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { Hands } from './hands.ts';
import type { MakePlace, Place } from './place.ts';
import { Walk } from './walk.ts';

/** Metres: where the eyes of somebody are whose headset does not know of the floor. */
const eyeHeight = 1.6;
/** Seconds between two pictures at most: more means that the session was away. */
const longest = 0.1;

/**
 * Shows a place in a headset (WebXR), at its real size, until the session ends.
 * @throws when the place cannot be made
 */
export async function show(session: XRSession, make: MakePlace): Promise<void> {
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
  place = await make(renderer, () => void session.end());
  if (hasEnded) {
    place.dispose();
    return;
  }

  const shown = place;
  const walk = new Walk(shown, visitor, camera, hands, () => void session.end());
  shown.scene.add(visitor);
  if (shown.carried) visitor.add(shown.carried);
  const [eyes, view] = [new Vector3(), new Vector3()];
  let before = performance.now();
  renderer.setAnimationLoop((now) => {
    const seconds = Math.min(longest, Math.max(0, (now - before) / 1000));
    before = now;
    walk.step();
    shown.onFrame?.(seconds, camera.getWorldPosition(eyes), camera.getWorldDirection(view));
    renderer.render(shown.scene, camera);
  });
}
