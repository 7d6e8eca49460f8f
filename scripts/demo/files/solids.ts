/** Solids as triangles, in millimetres: what machine parts are made of. */
export interface Mesh {
  readonly positions: number[];
  readonly normals: number[];
  readonly indices: number[];
}

type Point = readonly [number, number, number];

const empty = (): Mesh => ({ positions: [], normals: [], indices: [] });

/** Adds a flat quadrilateral, its corners against the clock as seen from outside. */
function face(mesh: Mesh, corners: readonly [Point, Point, Point, Point]): void {
  const [a, b, c, d] = corners;
  // The diagonals, since two corners may be one: caps are made of triangles.
  const u = [c[0] - a[0], c[1] - a[1], c[2] - a[2]] as const;
  const v = [d[0] - b[0], d[1] - b[1], d[2] - b[2]] as const;
  const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
  const length = Math.hypot(...n) || 1;
  const first = mesh.positions.length / 3;
  for (const corner of corners) {
    mesh.positions.push(...corner);
    mesh.normals.push(n[0] / length, n[1] / length, n[2] / length);
  }
  mesh.indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
}

/** A body between two outlines with the same number of corners, closed at both ends. */
function loft(bottom: readonly Point[], top: readonly Point[]): Mesh {
  const mesh = empty();
  const count = bottom.length;
  const corner = (outline: readonly Point[], i: number) => outline[i % count] ?? ([0, 0, 0] as const);
  for (let i = 0; i < count; i += 1)
    face(mesh, [corner(bottom, i), corner(bottom, i + 1), corner(top, i + 1), corner(top, i)]);
  for (let i = 1; i < count - 1; i += 1) {
    face(mesh, [corner(bottom, 0), corner(bottom, i + 1), corner(bottom, i), corner(bottom, 0)]);
    face(mesh, [corner(top, 0), corner(top, i), corner(top, i + 1), corner(top, 0)]);
  }
  return mesh;
}

/** A block with these edges around its centre. */
export function block(x: number, y: number, z: number): Mesh {
  return prism(
    [
      [-x / 2, -z / 2],
      [-x / 2, z / 2],
      [x / 2, z / 2],
      [x / 2, -z / 2],
    ],
    y,
  );
}

/** A convex outline in the ground plane, `height` high, its middle at 0. */
export function prism(outline: readonly (readonly [number, number])[], height: number): Mesh {
  const at = (y: number) => outline.map(([x, z]): Point => [x, y, z]);
  return loft(at(-height / 2), at(height / 2));
}

/** A body turned on a lathe: pairs of distance along the axis (y) and radius. */
export function turned(profile: readonly (readonly [number, number])[], segments = 48): Mesh {
  const mesh = empty();
  const ring = ([y, r]: readonly [number, number], i: number): Point => {
    const angle = (2 * Math.PI * i) / segments;
    return [r * Math.cos(angle), y, -r * Math.sin(angle)];
  };
  for (let p = 0; p + 1 < profile.length; p += 1) {
    const lower = profile[p] ?? [0, 0];
    const upper = profile[p + 1] ?? [0, 0];
    for (let i = 0; i < segments; i += 1)
      face(mesh, [ring(lower, i), ring(lower, i + 1), ring(upper, i + 1), ring(upper, i)]);
  }
  return mesh;
}

/** A full cylinder around the y axis, its middle at 0. */
export const cylinder = (radius: number, height: number, segments = 48): Mesh =>
  turned(
    [
      [-height / 2, 0],
      [-height / 2, radius],
      [height / 2, radius],
      [height / 2, 0],
    ],
    segments,
  );

/** A tube around the y axis, its middle at 0. */
export const tube = (outer: number, inner: number, height: number): Mesh =>
  turned([
    [-height / 2, inner],
    [-height / 2, outer],
    [height / 2, outer],
    [height / 2, inner],
    [-height / 2, inner],
  ]);
