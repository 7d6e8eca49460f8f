type Vector = readonly [number, number, number];

/** A box in a STEP file (ISO 10303-21, AP214) as a drawing program writes it, in millimetres, with a name and a colour. */
export function stepBox(name: string, [width, depth, height]: Vector, colour: Vector): string {
  const lines: string[] = [];
  const put = (text: string) => `#${lines.push(text)}`;
  const all = (list: readonly string[]) => `(${list.join(',')})`;
  const real = (value: number) => (Number.isInteger(value) ? `${value}.` : String(value));
  const triple = (vector: Vector) => `(${vector.map(real).join(',')})`;
  const point = (at: Vector) => put(`CARTESIAN_POINT('',${triple(at)})`);
  const direction = (to: Vector) => put(`DIRECTION('',${triple(to)})`);

  const corners = Array.from(
    { length: 8 },
    (_, n): Vector => [n & 1 ? width : 0, n & 2 ? depth : 0, n & 4 ? height : 0],
  );
  const vertices = corners.map((corner) => put(`VERTEX_POINT('',${point(corner)})`));
  const edges = new Map<string, string>();
  const edge = (from: number, to: number): string => {
    const [a, b] = from < to ? [from, to] : [to, from];
    const key = `${a}-${b}`;
    if (!edges.has(key)) {
      const [start, end] = [corners[a] as Vector, corners[b] as Vector];
      const along = end.map((value, axis) => Math.sign(value - (start[axis] as number)));
      const vector = put(`VECTOR('',${direction(along as unknown as Vector)},1.)`);
      const line = put(`LINE('',${point(start)},${vector})`);
      edges.set(key, put(`EDGE_CURVE('',${vertices[a]},${vertices[b]},${line},.T.)`));
    }
    return put(`ORIENTED_EDGE('',*,*,${edges.get(key)},${from < to ? '.T.' : '.F.'})`);
  };
  const sides: readonly { loop: readonly [number, number, number, number]; out: Vector; along: Vector }[] = [
    { loop: [0, 2, 3, 1], out: [0, 0, -1], along: [1, 0, 0] },
    { loop: [4, 5, 7, 6], out: [0, 0, 1], along: [1, 0, 0] },
    { loop: [0, 1, 5, 4], out: [0, -1, 0], along: [1, 0, 0] },
    { loop: [2, 6, 7, 3], out: [0, 1, 0], along: [1, 0, 0] },
    { loop: [0, 4, 6, 2], out: [-1, 0, 0], along: [0, 1, 0] },
    { loop: [1, 3, 7, 5], out: [1, 0, 0], along: [0, 1, 0] },
  ];
  const faces = sides.map(({ loop, out, along }) => {
    const ring = loop.map((from, at) => edge(from, loop[(at + 1) % 4] as number));
    const bound = put(`FACE_OUTER_BOUND('',${put(`EDGE_LOOP('',${all(ring)})`)},.T.)`);
    const place = put(
      `AXIS2_PLACEMENT_3D('',${point(corners[loop[0]] as Vector)},${direction(out)},${direction(along)})`,
    );
    return put(`ADVANCED_FACE('',(${bound}),${put(`PLANE('',${place})`)},.T.)`);
  });
  const solid = put(`MANIFOLD_SOLID_BREP('${name}',${put(`CLOSED_SHELL('',${all(faces)})`)})`);

  const units = [
    put('(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))'),
    put('(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))'),
    put('(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())'),
  ];
  const exact = put(`UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-05),${units[0]},'','')`);
  const space = put(
    `(GEOMETRIC_REPRESENTATION_CONTEXT(3)GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT((${exact}))GLOBAL_UNIT_ASSIGNED_CONTEXT(${all(units)})REPRESENTATION_CONTEXT('',''))`,
  );
  const shape = put(`ADVANCED_BREP_SHAPE_REPRESENTATION('',(${solid}),${space})`);
  const field = put(`APPLICATION_CONTEXT('automotive design')`);
  put(`APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,${field})`);
  const product = put(
    `PRODUCT('${name}','${name}','',(${put(`PRODUCT_CONTEXT('',${field},'mechanical')`)}))`,
  );
  const formation = put(`PRODUCT_DEFINITION_FORMATION('','',${product})`);
  const design = put(`PRODUCT_DEFINITION_CONTEXT('part definition',${field},'design')`);
  const definition = put(`PRODUCT_DEFINITION('design','',${formation},${design})`);
  put(`SHAPE_DEFINITION_REPRESENTATION(${put(`PRODUCT_DEFINITION_SHAPE('','',${definition})`)},${shape})`);

  const paint = put(`COLOUR_RGB('',${colour.map(real).join(',')})`);
  const fill = put(`FILL_AREA_STYLE('',(${put(`FILL_AREA_STYLE_COLOUR('',${paint})`)}))`);
  const side = put(`SURFACE_SIDE_STYLE('',(${put(`SURFACE_STYLE_FILL_AREA(${fill})`)}))`);
  const style = put(`PRESENTATION_STYLE_ASSIGNMENT((${put(`SURFACE_STYLE_USAGE(.BOTH.,${side})`)}))`);
  const styled = put(`STYLED_ITEM('',(${style}),${solid})`);
  put(`MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION('',(${styled}),${space})`);

  const data = lines.map((text, index) => `#${index + 1}=${text};`).join('\n');
  return `ISO-10303-21;
HEADER;
FILE_DESCRIPTION((''),'2;1');
FILE_NAME('${name}.step','2026-01-01T00:00:00',(''),(''),'','','');
FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));
ENDSEC;
DATA;
${data}
ENDSEC;
END-ISO-10303-21;
`;
}
