import type { ModelViewerElement } from '@google/model-viewer';
import type { ModelAnnotation } from '../../../../server/resources/contract.ts';

export type Place = Pick<ModelAnnotation, 'position' | 'normal'>;
type Vector = ModelAnnotation['position'];

/** A place or direction as attributes of the viewer say it. */
export const inMetres = ({ x, y, z }: Vector): string => `${x}m ${y}m ${z}m`;
export const plain = ({ x, y, z }: Vector): string => `${x} ${y} ${z}`;

/** The viewer remembers places by slot: one that has moved must have another. */
export const slotOf = ({ position }: Place, at: number): string => `hotspot-${at}-${plain(position)}`;

const rounded = (value: number) => Number(value.toFixed(5));
const vector = ({ x, y, z }: Vector): Vector => ({ x: rounded(x), y: rounded(y), z: rounded(z) });

/** The point of the model under a point of the window; undefined beside the model. */
export function placeAt(viewer: ModelViewerElement, x: number, y: number): Place | undefined {
  const hit = viewer.positionAndNormalFromPoint(x, y);
  return hit ? { position: vector(hit.position), normal: vector(hit.normal) } : undefined;
}

/** The point in the middle of what is seen. */
export function placeInMiddle(viewer: ModelViewerElement): Place | undefined {
  const { left, top, width, height } = viewer.getBoundingClientRect();
  return placeAt(viewer, left + width / 2, top + height / 2);
}

/** How the model is looked at now. */
export function viewNow(viewer: ModelViewerElement): ModelAnnotation['view'] {
  const { theta, phi, radius } = viewer.getCameraOrbit();
  return {
    orbit: { theta: rounded(theta), phi: rounded(phi), radius: rounded(radius) },
    target: vector(viewer.getCameraTarget()),
    fieldOfView: rounded(viewer.getFieldOfView()),
  };
}

/** Goes to a view; at once for those who asked for no motion. */
export function goTo(viewer: ModelViewerElement, view: ModelAnnotation['view'], calm: boolean): void {
  const { theta, phi, radius } = view.orbit;
  viewer.resetTurntableRotation(0);
  viewer.cameraTarget = inMetres(view.target);
  viewer.cameraOrbit = `${theta}rad ${phi}rad ${radius}m`;
  viewer.fieldOfView = `${view.fieldOfView}deg`;
  if (calm) viewer.jumpCameraToGoal();
}
