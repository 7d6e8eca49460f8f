import type { ModelName } from '../content.ts';
import { block, cylinder, type Mesh, prism, tube, turned } from './solids.ts';

export type Finish = 'steel' | 'cast' | 'brass' | 'paint' | 'dark' | 'weld' | 'glass';

/** A named part: its body, its surface, where it stands (mm) and how it is turned (degrees around x, y, z). */
export interface Part {
  name: string;
  body: Mesh;
  finish: Finish;
  at?: readonly [number, number, number];
  turn?: readonly [number, number, number];
}

const across = [0, 0, 90] as const; // the lathe axis lying down along x
const bolts = (name: string, places: readonly (readonly [number, number])[], y: number, r = 5): Part[] =>
  places.map(([x, z], i) => ({
    name: `${name} ${i + 1}`,
    body: cylinder(r, 8, 6),
    finish: 'dark',
    at: [x, y, z],
  }));

/** Assemblies of machine parts, one for each topic's subject. Sizes in millimetres follow the process cards. */
export const assemblies: Record<ModelName, () => Part[]> = {
  'stepped-shaft': () => [
    {
      name: '输出轴',
      body: turned([
        [-60, 0],
        [-60, 11],
        [-59, 12],
        [-36, 12],
        [-36, 10],
        [-32, 10],
        [-32, 15],
        [-2, 15],
        [-2, 17.5],
        [28, 17.5],
        [28, 20],
        [52, 20],
        [52, 17.5],
        [59, 17.5],
        [60, 16.5],
        [60, 0],
      ]),
      finish: 'steel',
      turn: across,
    },
    { name: '平键 8×7×22', body: block(22, 7, 8), finish: 'brass', at: [17, 17.5, 0] },
    {
      name: '顶尖',
      body: turned([
        [0, 0],
        [0, 0.5],
        [14, 8],
        [50, 9],
        [50, 0],
      ]),
      finish: 'dark',
      at: [-60, 0, 0],
      turn: [0, 0, 90],
    },
  ],
  'turning-tool': () => [
    { name: '刀杆 20×20', body: block(120, 20, 20), finish: 'dark' },
    {
      name: '刀片 CNMG120408',
      body: prism(
        [
          [-6, -6],
          [-6, 6],
          [6, 7],
          [6, -7],
        ],
        5,
      ),
      finish: 'brass',
      at: [-58, 10, 0],
      turn: [0, 10, 0],
    },
    { name: '压紧螺钉', body: cylinder(3, 6, 24), finish: 'steel', at: [-58, 13, 0] },
    { name: '工件', body: cylinder(19, 70), finish: 'steel', at: [-84, 12, 20], turn: [90, 0, 0] },
  ],
  'milled-block': () => [
    { name: '底板', body: block(100, 10, 80), finish: 'steel', at: [0, -10, 0] },
    { name: '侧壁 左', body: block(20, 20, 80), finish: 'steel', at: [-40, 5, 0] },
    { name: '侧壁 右', body: block(20, 20, 80), finish: 'steel', at: [40, 5, 0] },
    { name: '侧壁 前', body: block(60, 20, 10), finish: 'steel', at: [0, 5, 35] },
    { name: '侧壁 后', body: block(60, 20, 10), finish: 'steel', at: [0, 5, -35] },
    {
      name: '立铣刀 φ12',
      body: turned(
        [
          [0, 0],
          [0, 6],
          [30, 6],
          [30, 8],
          [70, 8],
          [70, 0],
        ],
        24,
      ),
      finish: 'dark',
      at: [10, -4, 8],
    },
    ...bolts(
      'M8 螺孔',
      [
        [-40, -32],
        [40, -32],
        [-40, 32],
        [40, 32],
      ],
      15,
      4,
    ),
  ],
  'bearing-seat': () => [
    { name: '底板', body: block(150, 14, 45), finish: 'cast', at: [0, -53, 0] },
    { name: '轴承座孔', body: tube(36, 23.5, 42), finish: 'cast', turn: [90, 0, 0] },
    { name: '支承板', body: block(60, 34, 12), finish: 'cast', at: [0, -36, 0] },
    { name: '肋板', body: block(12, 34, 40), finish: 'cast', at: [0, -36, 0] },
    { name: '轴承 204', body: tube(23.4, 10, 14), finish: 'steel', turn: [90, 0, 0] },
    ...bolts(
      '地脚螺栓',
      [
        [-60, 0],
        [60, 0],
      ],
      -43,
      7,
    ),
  ],
  'vee-groove': () => [
    { name: '试板 A', body: block(150, 12, 300), finish: 'steel', at: [-80, 0, 0] },
    { name: '试板 B', body: block(150, 12, 300), finish: 'steel', at: [80, 0, 0] },
    { name: '打底焊', body: block(4, 3, 290), finish: 'weld', at: [0, -5, 0] },
    {
      name: '填充焊',
      body: prism(
        [
          [-3, -145],
          [-3, 145],
          [3, 145],
          [3, -145],
        ],
        6,
      ),
      finish: 'weld',
      at: [0, 0, 0],
    },
    { name: '盖面焊', body: cylinder(9, 290, 24), finish: 'weld', at: [0, -1, 0], turn: [90, 0, 0] },
  ],
  'tee-joint': () => [
    { name: '底板', body: block(200, 10, 150), finish: 'steel' },
    { name: '立板', body: block(200, 100, 10), finish: 'steel', at: [0, 55, 0] },
    {
      name: '角焊缝 前',
      body: prism(
        [
          [-95, -8],
          [-95, 8],
          [95, 8],
          [95, -8],
        ],
        8,
      ),
      finish: 'weld',
      at: [0, 8, 8],
      turn: [45, 0, 0],
    },
    {
      name: '角焊缝 后',
      body: prism(
        [
          [-95, -8],
          [-95, 8],
          [95, 8],
          [95, -8],
        ],
        8,
      ),
      finish: 'weld',
      at: [0, 8, -8],
      turn: [45, 0, 0],
    },
  ],
  'pipe-joint': () => [
    { name: '管 左 φ57×3.5', body: tube(28.5, 25, 100), finish: 'steel', at: [-52, 0, 0], turn: across },
    { name: '管 右 φ57×3.5', body: tube(28.5, 25, 100), finish: 'steel', at: [52, 0, 0], turn: across },
    {
      name: '环焊缝',
      body: turned([
        [-5, 28],
        [-3, 30],
        [0, 30.6],
        [3, 30],
        [5, 28],
      ]),
      finish: 'weld',
      turn: across,
    },
    { name: '充氩堵头', body: cylinder(25, 8), finish: 'paint', at: [-98, 0, 0], turn: across },
  ],
  'robot-arm': () => [
    {
      name: '底座',
      body: turned([
        [0, 0],
        [0, 160],
        [60, 160],
        [60, 120],
        [120, 120],
        [120, 0],
      ]),
      finish: 'dark',
    },
    { name: 'J1 转台', body: cylinder(110, 160), finish: 'paint', at: [0, 200, 0] },
    { name: 'J2 大臂', body: block(100, 460, 120), finish: 'paint', at: [40, 470, 0], turn: [0, 0, -10] },
    { name: 'J2 关节', body: cylinder(90, 180), finish: 'dark', at: [0, 260, 0], turn: [90, 0, 0] },
    { name: 'J3 关节', body: cylinder(80, 170), finish: 'dark', at: [80, 700, 0], turn: [90, 0, 0] },
    {
      name: 'J4 小臂',
      body: turned([
        [0, 0],
        [0, 70],
        [380, 45],
        [380, 0],
      ]),
      finish: 'paint',
      at: [80, 720, 0],
      turn: [0, 0, -90],
    },
    { name: 'J5 手腕', body: cylinder(46, 110), finish: 'dark', at: [490, 720, 0], turn: [90, 0, 0] },
    {
      name: '焊枪',
      body: turned(
        [
          [0, 0],
          [0, 14],
          [120, 14],
          [150, 10],
          [210, 8],
          [210, 0],
        ],
        24,
      ),
      finish: 'brass',
      at: [500, 690, 0],
      turn: [0, 0, -160],
    },
  ],
  gripper: () => [
    { name: '法兰', body: cylinder(40, 12), finish: 'steel', at: [0, 96, 0] },
    { name: '缸体', body: block(90, 70, 60), finish: 'paint', at: [0, 50, 0] },
    { name: '夹爪 左', body: block(12, 90, 40), finish: 'steel', at: [-31, -25, 0] },
    { name: '夹爪 右', body: block(12, 90, 40), finish: 'steel', at: [31, -25, 0] },
    { name: '工件', body: block(50, 50, 70), finish: 'brass', at: [0, -40, 0] },
    ...bolts(
      '螺钉 M6',
      [
        [-25, -20],
        [25, -20],
        [-25, 20],
        [25, 20],
      ],
      104,
      5,
    ),
  ],
  motor: () => [
    { name: '机座', body: cylinder(70, 170), finish: 'paint', turn: across },
    ...Array.from(
      { length: 12 },
      (_, i): Part => ({
        name: `散热筋 ${i + 1}`,
        body: block(150, 16, 4),
        finish: 'paint',
        at: [0, 72 * Math.cos((i * Math.PI) / 6), 72 * Math.sin((i * Math.PI) / 6)],
        turn: [(i * 180) / 6, 0, 0],
      }),
    ),
    {
      name: '前端盖',
      body: turned([
        [0, 0],
        [0, 70],
        [12, 66],
        [24, 30],
        [24, 0],
      ]),
      finish: 'cast',
      at: [85, 0, 0],
      turn: [0, 0, -90],
    },
    { name: '轴伸 φ19', body: cylinder(9.5, 60), finish: 'steel', at: [135, 0, 0], turn: across },
    { name: '接线盒', body: block(80, 40, 70), finish: 'dark', at: [0, 90, 0] },
    { name: '底脚', body: block(140, 14, 150), finish: 'cast', at: [0, -77, 0] },
  ],
  cylinder: () => [
    { name: '缸筒 φ32', body: tube(20, 16, 140), finish: 'steel', turn: across },
    { name: '前端盖', body: block(24, 46, 46), finish: 'cast', at: [82, 0, 0] },
    { name: '后端盖', body: block(24, 46, 46), finish: 'cast', at: [-82, 0, 0] },
    { name: '活塞杆 φ12', body: cylinder(6, 160), finish: 'steel', at: [140, 0, 0], turn: across },
    { name: '磁性开关', body: block(26, 8, 10), finish: 'dark', at: [40, 24, 0] },
    { name: '单向节流阀', body: cylinder(6, 26, 24), finish: 'brass', at: [82, 34, 0] },
  ],
  conveyor: () => [
    { name: '机架', body: block(600, 20, 120), finish: 'cast', at: [0, -40, 0] },
    { name: '输送带', body: block(560, 8, 90), finish: 'dark' },
    { name: '主动辊', body: cylinder(22, 96), finish: 'steel', at: [-280, -18, 0], turn: [90, 0, 0] },
    { name: '从动辊', body: cylinder(22, 96), finish: 'steel', at: [280, -18, 0], turn: [90, 0, 0] },
    {
      name: '电感传感器 M18',
      body: cylinder(9, 60, 24),
      finish: 'brass',
      at: [-60, 50, -50],
      turn: [60, 0, 0],
    },
    { name: '光纤传感器', body: cylinder(5, 50, 24), finish: 'dark', at: [40, 50, -50], turn: [60, 0, 0] },
    { name: '金属工件', body: cylinder(20, 30), finish: 'steel', at: [-60, 19, 0] },
    { name: '塑料工件', body: cylinder(20, 30), finish: 'glass', at: [40, 19, 0] },
    { name: '推料气缸', body: cylinder(14, 90, 24), finish: 'paint', at: [160, 20, -100], turn: [90, 0, 0] },
  ],
  mould: () => [
    { name: '定模座板', body: block(250, 25, 200), finish: 'steel', at: [0, 100, 0] },
    { name: '定模板', body: block(200, 50, 200), finish: 'cast', at: [0, 62, 0] },
    { name: '动模板', body: block(200, 50, 200), finish: 'cast', at: [0, -10, 0] },
    { name: '型芯 1', body: block(60, 24, 80), finish: 'brass', at: [-45, 26, 0] },
    { name: '型芯 2', body: block(60, 24, 80), finish: 'brass', at: [45, 26, 0] },
    { name: '垫块 左', body: block(40, 60, 200), finish: 'steel', at: [-80, -66, 0] },
    { name: '垫块 右', body: block(40, 60, 200), finish: 'steel', at: [80, -66, 0] },
    { name: '推板', body: block(110, 16, 190), finish: 'dark', at: [0, -76, 0] },
    { name: '动模座板', body: block(250, 25, 200), finish: 'steel', at: [0, -108, 0] },
    {
      name: '浇口套',
      body: turned([
        [0, 0],
        [0, 10],
        [50, 10],
        [50, 18],
        [60, 18],
        [60, 0],
      ]),
      finish: 'dark',
      at: [0, 62, 0],
    },
    ...[-80, 80].flatMap((x) =>
      [-80, 80].map(
        (z): Part => ({
          name: `导柱 ${x},${z}`,
          body: cylinder(10, 110, 24),
          finish: 'brass',
          at: [x, 36, z],
        }),
      ),
    ),
  ],
  'battery-pack': () => [
    { name: '下箱体', body: block(900, 40, 600), finish: 'dark', at: [0, -60, 0] },
    ...[-300, -100, 100, 300].flatMap((x) =>
      [-140, 140].map(
        (z): Part => ({ name: `模组 ${x},${z}`, body: block(180, 90, 240), finish: 'paint', at: [x, 8, z] }),
      ),
    ),
    { name: '维修开关 MSD', body: block(90, 60, 70), finish: 'weld', at: [0, 60, 250] },
    { name: '高压插接件', body: cylinder(34, 80), finish: 'weld', at: [460, 0, 0], turn: across },
    { name: 'BMS 主控', body: block(160, 30, 110), finish: 'glass', at: [-300, 70, 0] },
    { name: '母排', body: block(760, 6, 30), finish: 'brass', at: [0, 58, 0] },
  ],
};
