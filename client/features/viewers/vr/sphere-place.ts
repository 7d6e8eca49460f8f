import { Group, MathUtils, MeshBasicMaterial, Scene } from 'three';
import type { Sphere } from '../kinds.ts';
import { ballOf, type Picture, textureOf } from '../sphere/ball.ts';
import { HintPlate } from './hint-plate.ts';
import type { Place } from './place.ts';

/** On which layers three.js draws for one eye alone. */
const layers = { left: 1, right: 2 } as const;

interface Given {
  picture: Picture;
  sphere: Sphere;
  /** In degrees to the right of the picture's middle: where one looks first. */
  yaw: number;
  hints: readonly string[];
  onPress?: () => void;
}

/** The inside of a 360° photo or film; where it has a picture for each eye, each sees its own. */
export function spherePlace({ picture, sphere, yaw, hints, onPress }: Given): Place {
  const scene = new Scene();
  const around = new Group();
  // The picture's middle lies towards -x; a visitor looks towards -z.
  around.rotation.y = MathUtils.degToRad(yaw - 90);
  scene.add(around);
  const balls = (sphere.stereo ? (['left', 'right'] as const) : [undefined]).map((eye) => {
    const map = textureOf(picture, sphere, eye);
    const ball = ballOf(sphere, new MeshBasicMaterial({ map, toneMapped: false }));
    if (eye) ball.layers.set(layers[eye]);
    around.add(ball);
    return { ball, map };
  });
  const plate = new HintPlate(hints);
  scene.add(plate.mesh);
  let hasPlate = false;
  return {
    scene,
    hasFloor: false,
    onPress,
    onFrame(seconds, eyes) {
      around.position.copy(eyes); // whoever steps aside stays in the middle
      if (!hasPlate) plate.mesh.position.set(eyes.x, eyes.y - 0.7, eyes.z - 1.2);
      if (!hasPlate) plate.mesh.lookAt(eyes);
      hasPlate = true;
      plate.onFrame(seconds);
    },
    dispose() {
      plate.dispose();
      for (const { ball, map } of balls) {
        map.dispose();
        ball.geometry.dispose();
        ball.material.dispose();
      }
    },
  };
}
