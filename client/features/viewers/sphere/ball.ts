import {
  LinearFilter,
  MathUtils,
  Mesh,
  type MeshBasicMaterial,
  SphereGeometry,
  SRGBColorSpace,
  Texture,
  Vector3,
  VideoTexture,
} from 'three';
import type { Sphere } from '../kinds.ts';
import type { Direction } from './look.ts';

export type Picture = HTMLImageElement | HTMLCanvasElement | HTMLVideoElement;
/** Which of two pictures is meant, where a sphere has one for each eye. */
export type Eye = 'left' | 'right';

/** Metres: so far that both eyes see it under the same angle. */
export const radius = 100;
const { degToRad } = MathUtils;

/** The way from the middle of a sphere to a point of it, a metre long. The picture's middle lies towards -x. */
export function wayTo({ yaw, pitch }: Direction): Vector3 {
  const [along, polar] = [degToRad(yaw + 180), degToRad(90 - pitch)];
  return new Vector3(Math.sin(polar) * Math.cos(along), Math.cos(polar), Math.sin(polar) * Math.sin(along));
}

/** A picture or film as it lies on a sphere, for one eye. */
export function textureOf(picture: Picture, { stereo }: Sphere, eye: Eye = 'left'): Texture {
  const texture = picture instanceof HTMLVideoElement ? new VideoTexture(picture) : new Texture(picture);
  // The left one is above, or to the left.
  if (stereo === 'top-bottom') {
    texture.repeat.set(1, 0.5);
    texture.offset.set(0, eye === 'left' ? 0.5 : 0);
  }
  if (stereo === 'left-right') {
    texture.repeat.set(0.5, 1);
    texture.offset.set(eye === 'left' ? 0 : 0.5, 0);
  }
  texture.colorSpace = SRGBColorSpace;
  texture.generateMipmaps = false;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

/** The sphere itself, seen from its middle. The picture's middle lies towards -x. */
export function ballOf(
  { tilt, roll, area }: Sphere,
  material: MeshBasicMaterial,
): Mesh<SphereGeometry, MeshBasicMaterial> {
  const { left = 0, top = 0, width = 1, height = 1 } = area ?? {};
  const geometry = new SphereGeometry(
    radius,
    96,
    64,
    left * 2 * Math.PI,
    width * 2 * Math.PI,
    top * Math.PI,
    height * Math.PI,
  );
  geometry.scale(-1, 1, 1); // seen from inside, the right way round
  const ball = new Mesh(geometry, material);
  // What the camera was tipped by is undone around the line to the picture's middle.
  ball.rotation.set(-degToRad(roll), 0, -degToRad(tilt), 'ZYX');
  return ball;
}

/** Reads a picture, no larger than the graphics card takes. @throws when it cannot be read */
export async function readImage(url: string, most: number): Promise<Picture> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = url;
  await image.decode();
  const scale = Math.min(1, most / Math.max(image.naturalWidth, image.naturalHeight));
  if (scale === 1) return image;
  const smaller = document.createElement('canvas');
  smaller.width = Math.floor(image.naturalWidth * scale);
  smaller.height = Math.floor(image.naturalHeight * scale);
  smaller.getContext('2d')?.drawImage(image, 0, 0, smaller.width, smaller.height);
  return smaller;
}
