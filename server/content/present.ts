import type { z } from 'zod';
import { blobDamaged, type Scan } from '../blobs/index.ts';
import { type Copy, captionsName, copies, type Facts, isThumbnail } from '../derive/contract.ts';
import { type Derivative, reasonIn } from '../derive/index.ts';
import type { Language } from '../http/index.ts';
import type { StoredFile } from '../resources/index.ts';
import type { Preview } from './contract.ts';

/** Makes the address of a blob, or of something made of it, under a file name. */
type Address = (sha256: string, what: string, name: string) => string;

const scanWords = {
  waiting: {
    'zh-CN': () => '正在等待病毒扫描，扫描完成后即可发布。',
    en: () => 'It waits for the virus scanner, and can be published after that.',
  },
  infected: {
    'zh-CN': (threat: string) => `病毒扫描发现“${threat}”，文件已隔离。请移除后换成干净的文件。`,
    en: (threat: string) =>
      `The virus scanner found “${threat}”; it is in quarantine. Remove it and upload a clean one.`,
  },
} as const;

/** A file with what is needed to show it in place. */
export function presentPreview(
  { path, size, mediaType, sha256, annotations, view, look }: StoredFile,
  made: readonly Derivative[],
  address: Address,
  language: Language,
  { scan = { state: 'unscanned' }, isDamaged = false }: { scan?: Scan; isDamaged?: boolean },
  can: z.input<typeof Preview>['can'],
): z.input<typeof Preview> {
  const name = path.split('/').at(-1) ?? path;
  const outputs = made.flatMap(({ outputs }) => outputs);
  const facts: Facts = Object.assign({}, ...made.map((one) => one.facts));
  const captions = (facts.media?.captions ?? []).flatMap((about, place) => {
    const made = captionsName(place);
    if (!outputs.some((output) => output.name === made)) return [];
    return [{ ...about, url: address(sha256, made, `${name}.vtt`) }];
  });
  const infection = scan.state === 'infected' ? scanWords.infected[language](scan.threat ?? '') : undefined;
  const setAside = infection ?? (isDamaged ? blobDamaged({ sha256 }).toBody(language).detail : undefined);
  return {
    path,
    size,
    mediaType,
    sha256,
    url: address(sha256, 'file', name),
    thumbnails: Object.fromEntries(
      outputs.flatMap(({ name: picture, width = 0, height = 0 }) =>
        isThumbnail(picture) ? [[picture, { url: address(sha256, picture, picture), width, height }]] : [],
      ),
    ) as z.input<typeof Preview>['thumbnails'],
    copies: Object.fromEntries(
      outputs.flatMap(({ name: copy, size: bytes, mediaType: type }) =>
        isCopy(copy) ? [[copy, { url: address(sha256, copy, name), size: bytes, mediaType: type }]] : [],
      ),
    ) as z.input<typeof Preview>['copies'],
    ...(setAside !== undefined && { setAside }),
    scan: {
      ...scan,
      ...(scan.state === 'waiting' && { detail: scanWords.waiting[language]() }),
      ...(infection !== undefined && { detail: infection }),
    },
    ...(outputs.some(({ name: output }) => output === 'tiles') && {
      tiles: `${address(sha256, 'tiles', '')}tiles`,
    }),
    ...(captions.length > 0 && { captions }),
    ...(annotations && { annotations }),
    facts: seen(facts, { view, look }),
    made: made.map(({ recipe, state, reason, about, progress }) => ({
      recipe,
      state,
      ...(reason && { reason, detail: reasonIn(language, reason, { mediaType, about }) }),
      ...(progress !== undefined && { progress }),
    })),
    can: setAside === undefined ? can : [],
  };
}

/** What is known of a picture, with the last word to its author on whether and how it is looked around in. */
function seen({ sphere, ...facts }: Facts, { view, look }: Pick<StoredFile, 'view' | 'look'>): Facts {
  const plain = { isTagged: false, yaw: 0, pitch: 0, tilt: 0, roll: 0 };
  const shown = view === 'flat' ? undefined : (sphere ?? (view === 'sphere' ? plain : undefined));
  if (!shown) return facts;
  const first = look && { yaw: look.yaw, pitch: look.pitch, view: look.width };
  return { ...facts, sphere: { ...shown, ...first } };
}

const isCopy = (name: string): name is Copy => (copies as readonly string[]).includes(name);
