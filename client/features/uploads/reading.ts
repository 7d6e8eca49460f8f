import type { Kind } from '../../api/words.ts';
import type { Dropped } from './dropped.ts';

/** What the names of files tell about a resource, so that nobody has to type it. */
export interface Reading {
  kind: Kind;
  title: string;
  /** Code of the vocabulary of material types. */
  materialType: string;
  language: 'zh-CN' | 'en';
}

const endings: [materialType: string, pattern: RegExp][] = [
  ['simulation', /\.(glb|gltf|usdz|fbx|obj|stl|step|stp|iges|igs|brep|apk|unitypackage)$/i],
  ['slides', /\.(pptx?|key|odp|dps)$/i],
  ['video', /\.(mp4|webm|mov|mkv|avi|m4v)$/i],
  ['audio', /\.(mp3|wav|m4a|ogg|flac)$/i],
  ['animation', /\.(gif|swf|lottie)$/i],
  ['image', /\.(png|jpe?g|webp|svg|tiff?|bmp|hei[cf]|dwg|dxf)$/i],
  ['question-bank', /\.(qti|gift)$/i],
  ['text', /\.(pdf|docx?|txt|md|epub|xlsx?|odt|wps|csv)$/i],
];

const endingOf = (name: string) => endings.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';

/** Reads what a group of files is. The largest file is taken for the main one. */
export function read(files: readonly Dropped[], name?: string): Reading {
  const main = files.reduce<Dropped | undefined>(
    (largest, one) => (largest && largest.file.size >= one.file.size ? largest : one),
    undefined,
  );
  const title = titleOf(name ?? main?.path ?? '');
  const types = files.map(({ path }) => endingOf(path));
  const words = `${title} ${files.map(({ path }) => path).join(' ')}`;
  return {
    kind: types.includes('simulation')
      ? 'xr'
      : /教材|活页|工作手册|工作页|\.epub/i.test(words)
        ? 'textbook'
        : 'courseware',
    title,
    materialType: /题库|试题|习题/.test(words)
      ? 'question-bank'
      : /微课/.test(words)
        ? 'micro-lesson'
        : types.includes('simulation')
          ? 'simulation'
          : main
            ? endingOf(main.path)
            : 'other',
    language: /\p{Script=Han}/u.test(title) || !/\p{L}{3}/u.test(title) ? 'zh-CN' : 'en',
  };
}

/** A title from a path: without folders, ending, numbering in front and underscores. */
export function titleOf(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const bare = name.replace(/\.[a-z0-9]{1,8}$/i, '');
  const tidy = bare
    .replace(/[_+]+/g, ' ')
    .replace(/^\s*\d{1,3}\s*[-.、)）]\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return (tidy || bare || name).slice(0, 120);
}

/** Files that make one resource. */
export interface Bundle {
  readonly name: string;
  readonly files: readonly Dropped[];
}

/** One resource for each folder and each loose file in what was dropped; folders inside keep their place. */
export function bundlesIn(dropped: readonly Dropped[]): Bundle[] {
  const tops = new Set(dropped.map(({ path }) => path.split('/')[0]));
  const isOneFolder = tops.size === 1 && dropped.every(({ path }) => path.includes('/'));
  const bundles = new Map<string, Dropped[]>();
  for (const { file, path } of dropped) {
    const inside = isOneFolder ? path.slice(path.indexOf('/') + 1) : path;
    const [name = inside, ...rest] = inside.split('/');
    const within = rest.length > 0 ? rest.join('/') : inside;
    bundles.set(name, [...(bundles.get(name) ?? []), { file, path: within }]);
  }
  return [...bundles].map(([name, files]) => ({ name, files }));
}

/** Everything as one resource, without the folder around it. */
export function asOne(dropped: readonly Dropped[]): Bundle {
  const tops = new Set(dropped.map(({ path }) => path.split('/')[0]));
  const [top = ''] = tops;
  if (tops.size === 1 && dropped.every(({ path }) => path.includes('/')))
    return {
      name: top,
      files: dropped.map(({ file, path }) => ({ file, path: path.slice(top.length + 1) })),
    };
  return { name: dropped[0]?.path ?? '', files: dropped };
}
