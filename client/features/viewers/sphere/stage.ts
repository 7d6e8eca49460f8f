import {
  type Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene,
  type SphereGeometry,
  WebGLRenderer,
} from 'three';
import type { Sphere } from '../kinds.ts';
import { ballOf, type Picture, radius, readImage, textureOf, wayTo } from './ball.ts';
import type { Look } from './look.ts';

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
    camera.fov = look.width;
    camera.updateProjectionMatrix();
    camera.lookAt(wayTo(look));
    renderer.render(scene, camera);
  }

  return {
    draw,
    read: (url) => readImage(url, renderer.capabilities.maxTextureSize),
    put(picture, sphere) {
      material.map?.dispose();
      material.map = textureOf(picture, sphere);
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
