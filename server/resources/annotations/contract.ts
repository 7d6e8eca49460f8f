import { z } from 'zod';
import { Id, line, prose } from '../../http/contract.ts';
import { FilePath, Look } from '../files/contract.ts';

/** Labels on a 3D model or in a 360° photo or film: numbered by their order, stepped through as a guided tour. */

export const MOST_ANNOTATIONS = 60;
/** Of all files of a draft together; beyond that nobody steps through them, and the document grows too large. */
export const MOST_IN_ALL = 500;

/** What a label says, wherever it stands. */
const Words = z.strictObject({
  title: line(120, 1),
  text: prose(1000).default(''),
  /** Path of a picture among the files of the same draft. */
  image: FilePath.optional(),
  /** Another resource that tells more. */
  resource: Id.optional(),
});

const coordinate = z.number().min(-1_000_000).max(1_000_000);

/** In metres, in the space of the model (glTF 2.0, section 3.4). */
const Point = z.strictObject({ x: coordinate, y: coordinate, z: coordinate });

const component = z.number().min(-1.001).max(1.001);

/** From where a label on a model is to be seen. */
const View = z.strictObject({
  /** Around the target: radians from the front and from above, and metres away. */
  orbit: z.strictObject({
    theta: z.number().min(-1000).max(1000),
    phi: z.number().min(0).max(Math.PI),
    radius: z.number().min(0).max(1_000_000),
  }),
  target: Point,
  /** Degrees from top to bottom. */
  fieldOfView: z.number().min(1).max(180),
});

export const ModelAnnotation = Words.extend({
  position: Point,
  /** Which way the surface looks there. */
  normal: z.strictObject({ x: component, y: component, z: component }),
  view: View,
});
export type ModelAnnotation = z.output<typeof ModelAnnotation>;

export const SphereAnnotation = Words.extend({
  /** In degrees: to the right of the picture's middle, and up. */
  position: Look.pick({ yaw: true, pitch: true }),
  view: Look,
  /** Another 360° photo of the same draft that the label leads into, and where one looks on arrival. */
  scene: z.strictObject({ path: FilePath, look: Look.optional() }).optional(),
});
export type SphereAnnotation = z.output<typeof SphereAnnotation>;

export const Annotation = z.union([ModelAnnotation, SphereAnnotation]);
export type Annotation = z.output<typeof Annotation>;

/** Whether a label stands in a 360° photo or film; the others stand on models. */
export const isInSphere = <Label extends { readonly position: object }>(
  label: Label,
): label is Extract<Label, { readonly position: { yaw: number } }> => 'yaw' in label.position;

export const Annotations = z.array(Annotation).max(MOST_ANNOTATIONS);
