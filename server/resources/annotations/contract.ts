import { z } from 'zod';
import { Id, line, prose } from '../../http/contract.ts';
import { FilePath } from '../files/contract.ts';

/** Labels on a 3D model: numbered by their order, stepped through as a guided tour. */

export const MOST_ANNOTATIONS = 60;
/** Of all models of a draft together; beyond that nobody steps through them, and the document grows too large. */
export const MOST_IN_ALL = 500;

const coordinate = z.number().min(-1_000_000).max(1_000_000);

/** In metres, in the space of the model (glTF 2.0, section 3.4). */
const Point = z.strictObject({ x: coordinate, y: coordinate, z: coordinate });

const component = z.number().min(-1.001).max(1.001);

/** From where a label is to be seen. */
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

export const Annotation = z.strictObject({
  title: line(120, 1),
  text: prose(1000).default(''),
  /** Path of a picture among the files of the same draft. */
  image: FilePath.optional(),
  /** Another resource that tells more. */
  resource: Id.optional(),
  position: Point,
  /** Which way the surface looks there. */
  normal: z.strictObject({ x: component, y: component, z: component }),
  view: View,
});
export type Annotation = z.output<typeof Annotation>;

export const Annotations = z.array(Annotation).max(MOST_ANNOTATIONS);
