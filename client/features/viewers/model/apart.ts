import { Box3, type Object3D, Vector3 } from 'three';

/** How far the outermost part goes, measured by its distance from the middle. */
const farthest = 1.4;

/** The parts of a model that can be moved away from each other. */
export interface Parts {
  /** What they stand in. */
  readonly whole: Object3D;
  /** @param share 0: as built, 1: as far apart as it gets */
  set(share: number): void;
}

/** What can be moved apart in a model; undefined when it is of one piece, or bends like a body. */
export function partsToMove(model: Object3D): Parts | undefined {
  const parts = partsOf(model);
  const whole = parts[0]?.parent;
  if (!whole) return undefined;
  const middle = whole.worldToLocal(centreOf(whole));
  const moves = parts.map((part) => ({
    part,
    from: part.position.clone(),
    way: whole.worldToLocal(centreOf(part)).sub(middle).multiplyScalar(farthest),
  }));
  return {
    whole,
    set(share) {
      for (const { part, from, way } of moves) part.position.copy(from).addScaledVector(way, share);
      whole.updateMatrixWorld(true);
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
