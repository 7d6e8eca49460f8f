import { z } from 'zod';
import { endpoint } from '../http/contract.ts';

/** What can be made of a blob. Each recipe has a version; a new version makes it again. */
export const recipes = [
  'thumbnails',
  'text',
  'media',
  'model',
  'playable',
  'encoded',
  'pdf',
  'light',
  'ocr',
  'tiles',
  'avif',
  'stream',
] as const;
export type Recipe = (typeof recipes)[number];

/** Longest sides of the thumbnails, in pixels. */
export const thumbnailSizes = { small: 320, medium: 640, large: 1024 } as const;
export type ThumbnailSize = keyof typeof thumbnailSizes;
export const isThumbnail = (name: string): name is ThumbnailSize => Object.hasOwn(thumbnailSizes, name);

/** Copies that are opened in place of a file that a browser cannot open itself. */
export const copies = ['playable', 'hls', 'pdf', 'light', 'packed'] as const;
export type Copy = (typeof copies)[number];

/** More captions inside of one film are not taken out. */
export const mostCaptions = 20;

/** What the captions inside of a film are called once they are taken out, by their place among those. */
export const captionsName = (place: number) => `captions-${String.fromCharCode(97 + place)}`;

/** How far a recipe has come: not asked for yet, on its way, made, or why it could not be made. */
export const DerivativeState = z.enum(['waiting', 'done', 'failed']);

/** Duration and picture of a video or a recording, as far as ffmpeg is installed. */
export const MediaFacts = z.object({
  seconds: z.number().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  /** As ffmpeg names them: `h264`, `hevc`, `aac`. */
  videoCodec: z.string().optional(),
  audioCodec: z.string().optional(),
  /** Those inside of it, in order: where each begins, in seconds. */
  chapters: z.array(z.object({ seconds: z.number(), title: z.string() })).optional(),
  /** Captions inside of it that are text, in order; the language as the file writes it, mostly by ISO 639-2. */
  captions: z.array(z.object({ language: z.string().optional(), title: z.string().optional() })).optional(),
  /** Whether browsers play it as it is. */
  isPlayable: z.boolean().optional(),
});

/** What a model asks of the device that shows it. */
export const ModelWeight = z.object({
  /** Nodes, or what is drawn of them where that is more; missing from reports that older versions made. */
  parts: z.number().int().optional(),
  triangles: z.number().int(),
  /** Bytes of graphics memory that the textures take: unpacked with their smaller copies, KTX2 at a byte a pixel. */
  textureMemory: z.number().int(),
  runsOnPhones: z.boolean(),
  runsOnComputers: z.boolean().default(true),
});

/** What a trainer wants to know of a 3D model before it is opened. */
export const ModelReport = ModelWeight.extend({
  materials: z.number().int(),
  textures: z.number().int(),
  animations: z.array(z.string()),
  extensions: z.array(z.string()),
  /** Metres. */
  size: z.object({ x: z.number(), y: z.number(), z: z.number() }),
  /** What breaks the standard (glTF 2.0), by Khronos' validator; missing when it was not looked at. */
  faults: z
    .object({ errors: z.number().int(), warnings: z.number().int(), first: z.array(z.string()) })
    .optional(),
});

export const pictureSize = z.object({ width: z.number().int(), height: z.number().int() });

/** How a picture or film lies on a sphere around whoever looks at it; angles in degrees. */
export const Sphere = z.object({
  /** Whether the file itself says so, or only its shape. */
  isTagged: z.boolean(),
  /** Where to look first: to the right of its middle, and up. */
  yaw: z.number(),
  pitch: z.number(),
  /** How the camera was held: tipped up, and to its right side. */
  tilt: z.number(),
  roll: z.number(),
  /** How wide the first view is. */
  view: z.number().optional(),
  /** The part of the sphere that it covers, as shares of its width and height; all of it when missing. */
  area: z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() }).optional(),
  /** Whether it holds a picture for each eye, the left one above or to the left. */
  stereo: z.enum(['top-bottom', 'left-right']).optional(),
});
export type Sphere = z.infer<typeof Sphere>;

export const Facts = z.object({
  picture: pictureSize.optional(),
  sphere: Sphere.optional(),
  pages: z.number().int().optional(),
  /** Pages that are pictures, without text of their own. */
  scannedPages: z.number().int().optional(),
  /** Those of them in which text was read. */
  recognisedPages: z.number().int().optional(),
  characters: z.number().int().optional(),
  media: MediaFacts.optional(),
  model: ModelReport.optional(),
  /** Of the light copy of a model. */
  light: ModelWeight.optional(),
});
export type Facts = z.infer<typeof Facts>;

/** Why nothing was made. */
export const reasons = [
  'damaged',
  'parts-missing',
  'unsafe-entry',
  'encrypted',
  'too-large',
  'unpacks-too-large',
  'too-many-pixels',
  'too-many-parts',
  'nothing-to-show',
  'program-missing',
  'office-missing',
  'ocr-missing',
  'cad-missing',
  'heif-missing',
  'took-too-long',
  'took-too-much-memory',
  'crashed',
  'cancelled',
] as const;
export type Reason = (typeof reasons)[number];

const missing = [
  'program-missing',
  'office-missing',
  'ocr-missing',
  'cad-missing',
  'heif-missing',
] as const satisfies readonly Reason[];

/** What a server lacks until somebody installs it. */
export const lacking: readonly Reason[] = missing;

/** What another try may mend: for faults of the file itself there is none. */
export const mendable = [
  ...missing,
  'took-too-long',
  'took-too-much-memory',
  'crashed',
] as const satisfies readonly Reason[];

/** How far a recipe has come with a file. */
export const FileDerivative = z.object({
  state: DerivativeState,
  reason: z.enum(reasons).optional(),
  /** How much is done, from 0 to 1, of what takes long and has begun. */
  progress: z.number().optional(),
});

const count = z.number().int();

/** How much each recipe has made so far, in files that differ from each other. */
export const DerivativeCounts = z.object({
  items: z.array(z.object({ recipe: z.enum(recipes), done: count, waiting: count, failed: count })),
});

export const countDerivatives = endpoint({
  method: 'get',
  path: '/api/derivatives',
  summary: {
    'zh-CN': '按种类给出从文件生成的内容（缩略图、文本、PDF 等）有多少已完成、在等待、未能生成。',
    en: 'Tells, by kind, how much of what is made of files (thumbnails, text, PDF and so on) is done, waits or failed.',
  },
  asks: { action: 'read', subject: 'job' },
  answers: { 200: DerivativeCounts },
  problems: [],
});

export const rebuildDerivatives = endpoint({
  method: 'post',
  path: '/api/derivatives/rebuild',
  summary: {
    'zh-CN': '在后台重新生成一种内容，或不给出种类时重新生成全部；新的生成之前，原有的照常可用。',
    en: 'Makes one kind of what is made of files anew in the background, or everything when none is given. What is there stays until the new is made.',
  },
  asks: { action: 'edit', subject: 'job' },
  body: z.strictObject({ recipe: z.enum(recipes).optional() }),
  answers: { 202: DerivativeCounts },
  problems: [],
});
