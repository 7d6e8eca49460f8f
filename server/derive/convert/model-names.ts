import { z } from 'zod';
import type { Passage } from './conversion.ts';

/** What programs call a thing that nobody has named. */
const nobodys =
  /^(node|mesh|material|object|obj|cube|box|sphere|cylinder|cone|plane|torus|circle|curve|empty|null|armature|skeleton|joint|bone|root|rootnode|scene|sketchfab[\w.]*|auxscene|group|default|defaultmaterial|untitled|camera|light|lamp|sun|point|lambert|phong|blinn|standard|action|take|animation|texture|image|geometry|primitive)?[\s._:-]*(\d+[\s._:-]*)*$/i;
const mostNames = 2_000;
const longestName = 200;

const Named = z.array(z.object({ name: z.string().optional() }).loose()).optional();
const Names = z.object({
  scenes: Named,
  nodes: Named,
  meshes: Named,
  materials: Named,
  animations: Named,
  extras: z.record(z.string(), z.unknown()).optional(),
  asset: z
    .object({ extras: z.record(z.string(), z.unknown()).optional() })
    .loose()
    .optional(),
});

/** The names that were given to parts, materials and movements of a glTF 2.0 model, each once, a line each. */
export function namesOf(model: unknown): Passage[] {
  const read = Names.safeParse(model);
  if (!read.success) return [];
  const { scenes = [], nodes = [], meshes = [], materials = [], animations = [], asset, extras } = read.data;
  const all = [...scenes, ...nodes, ...meshes, ...materials, ...animations].map(({ name = '' }) => name);
  const told = Object.values({ ...asset?.extras, ...extras }).filter((value) => typeof value === 'string');
  const names = [...told, ...all]
    .map((name) =>
      name
        .replace(/[\s_]+/gu, ' ')
        .trim()
        .slice(0, longestName),
    )
    .filter((name) => !nobodys.test(name));
  const text = [...new Set(names)].slice(0, mostNames).join('\n');
  return [{ unit: 'section', at: '', text }];
}

/** Of a model that is written as text. */
export const namesIn = (json: string): Passage[] => namesOf(parsed(json));

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
