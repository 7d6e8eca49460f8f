import type { ModelViewerElement } from '@google/model-viewer';
// The library's own effects reach its scene by this symbol, too; its element has no way to move parts.
import { $scene } from '@google/model-viewer/lib/model-viewer-base.js';
import type { Object3D } from 'three';
import { partsToMove } from './apart.ts';

/** The parts of a model, and how far they have been moved apart. */
export interface Explosion {
  /** @param share 0: as built, 1: as far apart as it gets */
  set(share: number): void;
}

type Scene = { readonly model: Object3D | null; queueRender(): void };

/** What can be moved apart in an open model; undefined when it is of one piece, or bends like a body. */
export function explosionOf(viewer: ModelViewerElement): Explosion | undefined {
  const scene = (viewer as unknown as Record<typeof $scene, Scene>)[$scene];
  const parts = scene.model ? partsToMove(scene.model) : undefined;
  if (!parts) return undefined;
  const orbit = viewer.getCameraOrbit();
  return {
    set(share) {
      parts.set(share);
      const { theta, phi } = viewer.getCameraOrbit();
      viewer.cameraOrbit = `${theta}rad ${phi}rad ${orbit.radius * (1 + share)}m`;
      scene.queueRender();
    },
  };
}
