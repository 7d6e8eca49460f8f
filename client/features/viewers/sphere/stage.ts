import {
  LinearFilter,
  MathUtils,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  SphereGeometry,
  SRGBColorSpace,
  Texture,
  VideoTexture,
  WebGLRenderer,
} from 'three';
import type { Sphere } from '../kinds.ts';
import type { Look } from './look.ts';

export type Picture = HTMLImageElement | HTMLCanvasElement | HTMLVideoElement;

/** A sphere that is seen from its middle. It is drawn when something changes, not all the time. */
export interface Stage {
  /** Reads a picture, no larger than the graphics card takes. @throws when it cannot be read */
  read(url: string): Promise<Picture>;
  /** Puts a picture on it, in place of the one before. */
  put(picture: Picture, sphere: Sphere): void;
  /** Takes the picture anew before it is drawn next: a film has gone on. */
  refresh(): void;
  draw(look: Look): void;
  /** Fits it to its canvas. */
  resize(): void;
  dispose(): void;
}

const radius = 100;
const { degToRad } = MathUtils;

/** @throws when the browser has no WebGL */
export function createStage(canvas: HTMLCanvasElement): Stage {
  const renderer = new WebGLRenderer({ canvas, antialias: true });
  const scene = new Scene();
  const camera = new PerspectiveCamera(75, 1, 1, radius * 2);
  const material = new MeshBasicMaterial({ toneMapped: false });
  let ball: Mesh<SphereGeometry> | undefined;
  let look: Look = { yaw: 0, pitch: 0, width: 75 };

  function draw(next: Look): void {
    look = next;
    const [along, polar] = [degToRad(look.yaw + 180), degToRad(90 - look.pitch)];
    camera.fov = look.width;
    camera.updateProjectionMatrix();
    camera.lookAt(Math.sin(polar) * Math.cos(along), Math.cos(polar), Math.sin(polar) * Math.sin(along));
    renderer.render(scene, camera);
  }

  return {
    draw,
    read: (url) => readImage(url, renderer.capabilities.maxTextureSize),
    put(picture, sphere) {
      const texture = picture instanceof HTMLVideoElement ? new VideoTexture(picture) : new Texture(picture);
      showOneEye(texture, sphere.stereo);
      texture.colorSpace = SRGBColorSpace;
      texture.generateMipmaps = false;
      texture.minFilter = LinearFilter;
      texture.needsUpdate = true;
      material.map?.dispose();
      material.map = texture;
      material.needsUpdate = true;
      if (ball) scene.remove(ball);
      ball?.geometry.dispose();
      ball = ballOf(sphere, material);
      scene.add(ball);
    },
    refresh() {
      if (material.map) material.map.needsUpdate = true;
    },
    resize() {
      const { clientWidth, clientHeight } = canvas;
      renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
      renderer.setSize(clientWidth, clientHeight, false);
      camera.aspect = clientWidth / Math.max(1, clientHeight);
      draw(look);
    },
    dispose() {
      material.map?.dispose();
      material.dispose();
      ball?.geometry.dispose();
      renderer.dispose();
    },
  };
}

/** Of a picture for each eye, the left one: above, or to the left. */
function showOneEye(texture: Texture, stereo: Sphere['stereo']): void {
  if (stereo === 'top-bottom') {
    texture.repeat.set(1, 0.5);
    texture.offset.set(0, 0.5);
  }
  if (stereo === 'left-right') texture.repeat.set(0.5, 1);
}

function ballOf({ tilt, roll, area }: Sphere, material: MeshBasicMaterial): Mesh<SphereGeometry> {
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
  // The picture's middle lies towards -x. What the camera was tipped by is undone around that line.
  ball.rotation.set(-degToRad(roll), 0, -degToRad(tilt), 'ZYX');
  return ball;
}

async function readImage(url: string, most: number): Promise<Picture> {
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
