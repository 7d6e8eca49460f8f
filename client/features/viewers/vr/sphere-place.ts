import { Group, MathUtils, MeshBasicMaterial, Scene, type Vector3 } from 'three';
import type { Sphere } from '../kinds.ts';
import type { SphereLabel } from '../labels/label.ts';
import { ballOf, type Picture, textureOf, wayTo } from '../sphere/ball.ts';
import { Guide, type Guided } from './guide.ts';
import { HintPlate } from './hint-plate.ts';
import type { Place } from './place.ts';

/** On which layers three.js draws for one eye alone. */
const layers = { left: 1, right: 2 } as const;
/** Metres at which labels hang: as far as eyes look without effort. */
const away = 3;
/** What is farther from where one looks than this is brought before the eyes: the cosine of the angle. */
const inView = Math.cos(MathUtils.degToRad(40));

interface Given extends Omit<Guided, 'labels'> {
  picture: Picture;
  sphere: Sphere;
  labels: readonly SphereLabel[];
  /** In degrees to the right of the picture's middle: where one looks first. */
  yaw: number;
  hints: readonly string[];
  onPress?: () => void;
}

/** The inside of a 360° photo or film; where it has a picture for each eye, each sees its own. */
export function spherePlace(given: Given, leave: () => Promise<void>): Place {
  const { picture, sphere, yaw, hints, onPress } = given;
  const scene = new Scene();
  const around = new Group();
  scene.add(around);
  const balls = (sphere.stereo ? (['left', 'right'] as const) : [undefined]).map((eye) => {
    const map = textureOf(picture, sphere, eye);
    const ball = ballOf(sphere, new MeshBasicMaterial({ map, toneMapped: false }));
    if (eye) ball.layers.set(layers[eye]);
    around.add(ball);
    return { ball, map };
  });
  const hint = new HintPlate(hints);
  scene.add(hint.mesh);

  /** Where somebody looks, once they have; and how far that is turned from -z. */
  let ahead: Vector3 | undefined;
  let heading = 0;
  /** Turns the sphere so that what is at so many degrees lies there. */
  const face = (degrees: number) => {
    around.rotation.y = heading + MathUtils.degToRad(degrees - 90);
    around.updateMatrixWorld(true);
  };
  const labels = given.labels.map(({ title, text, image, resource, position, scene: next }) => {
    const way = wayTo(position);
    const leads = next && title;
    const spot = { position: way.clone().multiplyScalar(away), normal: way.negate(), leads };
    return { title, text, image, resource, ...spot };
  });
  const onLabel = (at: number) => {
    const [label, spot] = [given.labels[at], labels[at]];
    if (label && spot && ahead) {
      const way = spot.position.clone().transformDirection(around.matrixWorld);
      if (way.dot(ahead) < inView) face(label.position.yaw);
    }
    given.onLabel(at);
  };
  const guide = new Guide({ ...given, labels, onLabel }, [], leave);
  around.add(guide.marks.group);
  return {
    scene,
    hasFloor: false,
    guide,
    hint,
    onPress,
    onFrame(seconds, eyes, view) {
      const isFirst = ahead === undefined;
      ahead = view;
      heading = Math.atan2(-view.x, -view.z);
      around.position.copy(eyes); // whoever steps aside stays in the middle
      if (isFirst) {
        face(yaw);
        hint.mesh.position.set(
          eyes.x + 1.2 * -Math.sin(heading),
          eyes.y - 0.7,
          eyes.z - 1.2 * Math.cos(heading),
        );
        hint.mesh.lookAt(eyes);
      }
      hint.onFrame(seconds);
      guide.onFrame(eyes, view);
    },
    dispose() {
      hint.dispose();
      guide.dispose();
      for (const { ball, map } of balls) {
        map.dispose();
        ball.geometry.dispose();
        ball.material.dispose();
      }
    },
  };
}
