import { getBounds, type Node, NodeIO } from '@gltf-transform/core';
import type { z } from 'zod';
import type { Annotation } from '../../../server/resources/contract.ts';

type Label = z.input<typeof Annotation>;
type Vector = readonly [number, number, number];

const most = 5;
const materials: Readonly<Record<string, string>> = {
  steel: '钢，表面精加工',
  cast: '铸铁',
  brass: '黄铜',
  paint: '钢，表面喷漆',
  dark: '发黑处理的钢',
  weld: '焊缝金属',
  glass: '绝缘材料',
};

/** Labels for the largest parts of an assembly, each with its size and what it is made of, seen from its own side. */
export async function labelsFor(glb: Uint8Array): Promise<Label[]> {
  const root = (await new NodeIO().readBinary(glb)).getRoot();
  const [scene] = root.listScenes();
  if (!scene) return [];
  const whole = middleOf(scene);
  const named = new Map<string, Node>();
  for (const node of scene.listChildren()) {
    const name = node.getName().replace(/ \d+$/, '');
    if (!named.has(name)) named.set(name, node);
  }
  return [...named]
    .map(([title, node]) => ({ title, node, ...middleOf(node) }))
    .sort((a, b) => b.size.reduce((x, y) => x * y) - a.size.reduce((x, y) => x * y))
    .slice(0, most)
    .map(({ title, node, middle, size }) => ({
      title,
      text: `外形约 ${size.map(millimetres).join(' × ')} mm；${materialOf(node)}。`,
      position: vector([middle[0], middle[1] + size[1] / 2, middle[2]]),
      normal: vector([0, 1, 0]),
      view: {
        orbit: {
          theta: Math.atan2(middle[0] - whole.middle[0], Math.abs(middle[2] - whole.middle[2]) + 0.05),
          phi: 1.1,
          radius: 2.2 * Math.hypot(...whole.size),
        },
        target: vector(whole.middle),
        fieldOfView: 30,
      },
    }));
}

function middleOf(place: Parameters<typeof getBounds>[0]): { middle: Vector; size: Vector } {
  const { min, max } = getBounds(place);
  const along = (axis: 0 | 1 | 2) => [(min[axis] + max[axis]) / 2, max[axis] - min[axis]] as const;
  const [x, y, z] = [along(0), along(1), along(2)];
  return { middle: [x[0], y[0], z[0]], size: [x[1], y[1], z[1]] };
}

const vector = ([x, y, z]: Vector) => ({ x, y, z });
const millimetres = (metres: number) => String(Math.round(metres * 1000));

function materialOf(node: Node): string {
  const name = node.getMesh()?.listPrimitives()[0]?.getMaterial()?.getName() ?? '';
  return materials[name] ?? '钢';
}
