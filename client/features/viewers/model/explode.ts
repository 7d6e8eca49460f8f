import type { ModelViewerElement } from '@google/model-viewer';
// The library's own effects reach its scene by this symbol, too; its element has no way to move parts.
import { $scene } from '@google/model-viewer/lib/model-viewer-base.js';
import { Box3, type Object3D, Vector3 } from 'three';

/** The parts of a model, and how far they have been moved apart. */
export interface Explosion {
  /** @param share 0: as built, 1: as far apart as it gets */
  set(share: number): void;
}

type Scene = { readonly model: Object3D | null; queueRender(): void };

/** How far the outermost part goes, measured by its distance from the middle. */
const farthest = 1.4;

/** What can be moved apart in an open model; undefined when it is of one piece, or bends like a body. */
export function explosionOf(viewer: ModelViewerElement): Explosion | undefined {
  const scene = (viewer as unknown as Record<typeof $scene, Scene>)[$scene];
  const parts = scene.model ? partsOf(scene.model) : [];
  const [first] = parts;
  if (!first?.parent) return undefined;
  const { parent } = first;
  const middle = parent.worldToLocal(centreOf(parent));
  const moves = parts.map((part) => ({
    part,
    from: part.position.clone(),
    way: parent.worldToLocal(centreOf(part)).sub(middle).multiplyScalar(farthest),
  }));
  const orbit = viewer.getCameraOrbit();
  return {
    set(share) {
      for (const { part, from, way } of moves) part.position.copy(from).addScaledVector(way, share);
      parent.updateMatrixWorld(true);
      const { theta, phi } = viewer.getCameraOrbit();
      viewer.cameraOrbit = `${theta}rad ${phi}rad ${orbit.radius * (1 + share)}m`;
      scene.queueRender();
    },
  };
}

/** The first nodes from the root that stand side by side and have something to show. */
function partsOf(root: Object3D): Object3D[] {
  for (let node: Object3D | undefined = root; node; ) {
    const shown: Object3D[] = node.children.filter(hasMesh);
    if (shown.some(bends)) return [];
    if (shown.length > 1) return shown;
    node = shown[0];
  }
  return [];
}

const some = (node: Object3D, is: (one: Object3D) => boolean): boolean =>
  is(node) || node.children.some((child) => some(child, is));
const hasMesh = (node: Object3D) => some(node, (one) => 'isMesh' in one);
const bends = (node: Object3D) => some(node, (one) => 'isSkinnedMesh' in one);

const centreOf = (node: Object3D) => new Box3().setFromObject(node).getCenter(new Vector3());
