import { Document, NodeIO } from '@gltf-transform/core';

/** A bent plate of 2 × side² triangles, as smooth as a casting. */
export async function casting(side: number): Promise<Buffer> {
  const document = new Document();
  const buffer = document.createBuffer();
  const row = side + 1;
  const positions = new Float32Array(row * row * 3);
  const indices = new Uint32Array(side * side * 6);
  for (let y = 0; y < row; y++)
    for (let x = 0; x < row; x++) {
      const height = Math.sin((x / side) * Math.PI) * Math.sin((y / side) * Math.PI) * 0.3;
      positions.set([x / side - 0.5, height, y / side - 0.5], (y * row + x) * 3);
      if (x === side || y === side) continue;
      const at = y * row + x;
      indices.set([at, at + row, at + 1, at + 1, at + row, at + row + 1], (y * side + x) * 6);
    }
  const plate = document
    .createPrimitive()
    .setAttribute('POSITION', document.createAccessor().setType('VEC3').setArray(positions).setBuffer(buffer))
    .setIndices(document.createAccessor().setType('SCALAR').setArray(indices).setBuffer(buffer))
    .setMaterial(document.createMaterial().setBaseColorFactor([0.4, 0.45, 0.5, 1]));
  document
    .createScene()
    .addChild(document.createNode('铸件').setMesh(document.createMesh().addPrimitive(plate)));
  return Buffer.from(await new NodeIO().writeBinary(document));
}
