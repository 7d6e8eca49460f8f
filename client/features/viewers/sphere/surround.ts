import { AbstractAdapter, CONSTANTS, SYSTEM, type TextureData, Viewer } from '@photo-sphere-viewer/core';
import '@photo-sphere-viewer/core/index.css';
import { ColorManagement, Group, MathUtils, MeshBasicMaterial, NoColorSpace, type Texture } from 'three';
import type { Sphere } from '../kinds.ts';
import { ballOf, type Picture, radius, textureOf } from './ball.ts';
import { type Direction, inBounds, inTenths, type Look, narrowest, turned, widest } from './look.ts';

// The library switches it off for the whole page: colours that headsets are given by number would come out too bright.
ColorManagement.enabled = true;

/** What lies around somebody. */
export interface Surround {
  readonly sphere: Sphere;
  readonly texture: Texture;
}

type Around = TextureData<Texture, Surround, Sphere>;
type Ball = ReturnType<typeof ballOf>;

export function surroundOf(picture: Picture, sphere: Sphere): Surround {
  const texture = textureOf(picture, sphere);
  texture.colorSpace = NoColorSpace; // it is drawn as it is, by a renderer that changes no colours
  return { sphere, texture };
}

/**
 * Lays pictures and films on the sphere as headsets see them. The library's own adapters know no pictures for two eyes,
 * and its player of films wants a bar and an element of its own; its labels can neither be dragged nor take React.
 */
class SurroundAdapter extends AbstractAdapter<Surround, Sphere, Texture, Group> {
  static override readonly id = 'surround';

  override supportsTransition(): boolean {
    return true;
  }

  loadTexture(panorama: Surround): Promise<Around> {
    return Promise.resolve({ panorama, texture: panorama.texture, panoData: panorama.sphere });
  }

  createMesh(sphere: Sphere): Group {
    const material = new MeshBasicMaterial({ toneMapped: false, depthTest: false, depthWrite: false });
    const ball = new Group().add(ballOf(sphere, material));
    ball.scale.setScalar(CONSTANTS.SPHERE_RADIUS / radius);
    ball.rotation.y = Math.PI / 2; // its middle lies towards -x; the library looks towards +z
    return new Group().add(ball); // which the library turns as it likes
  }

  setTexture(mesh: Group, { texture }: Around): void {
    materialOf(mesh).map = texture;
  }

  setTextureOpacity(mesh: Group, opacity: number): void {
    const material = materialOf(mesh);
    material.opacity = opacity;
    material.transparent = opacity < 1;
  }

  disposeTexture({ texture }: Around): void {
    texture.dispose();
  }

  disposeMesh(mesh: Group): void {
    const { geometry, material } = ballIn(mesh);
    geometry.dispose();
    material.dispose();
  }
}

const ballIn = (mesh: Group) => mesh.children[0]?.children[0] as Ball;
const materialOf = (mesh: Group) => ballIn(mesh).material;

const { degToRad, radToDeg } = MathUtils;

/** A point of the sphere as the library names it. */
export const pointOf = ({ yaw, pitch }: Direction) => ({ yaw: degToRad(yaw), pitch: degToRad(pitch) });

/** The same the other way round. */
export const directionAt = ({ yaw, pitch }: Direction): Direction =>
  inTenths({ yaw: turned(radToDeg(yaw)), pitch: radToDeg(pitch) });

/** A look as the library takes it; its own way from degrees to zoom rounds too much to come back to the same look. */
export const viewOf = (look: Look) => ({
  position: pointOf(look),
  zoom: ((widest - look.width) / (widest - narrowest)) * 100,
});

export function lookIn(viewer: Viewer): Look {
  const { yaw, pitch } = viewer.getPosition();
  return inBounds({ yaw: radToDeg(yaw), pitch: radToDeg(pitch), width: viewer.state.vFov });
}

/**
 * A sphere that is seen from its middle, without a bar and without keys: pages have their own.
 * @throws when the browser has no WebGL
 */
export function createViewer(container: HTMLElement, look: Look, calm: boolean): Viewer {
  if (!hasWebGl()) throw new Error('This browser shows no spheres');
  const { position, zoom } = viewOf(look);
  const viewer = new Viewer({
    container,
    adapter: SurroundAdapter,
    navbar: false,
    keyboard: false,
    minFov: narrowest,
    maxFov: widest,
    defaultYaw: position.yaw,
    defaultPitch: position.pitch,
    defaultZoomLvl: zoom,
    moveInertia: !calm,
    moveSpeed: 1.3, // what is in the middle stays under the finger
    canvasBackground: 'transparent',
  });
  viewer.setCursor('inherit');
  viewer.loader.hide(); // there is a small picture first
  return viewer;
}

function hasWebGl(): boolean {
  try {
    SYSTEM.load();
  } catch {
    // It notes in the browser's store whether fingers are used: inside of another site's page, browsers refuse that.
    SYSTEM.isTouchEnabled ??= { initial: navigator.maxTouchPoints > 0, promise: new Promise(() => {}) };
    SYSTEM.loaded = true;
  }
  return SYSTEM.isWebGLSupported;
}
