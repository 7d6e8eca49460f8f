import { type Facts, mendable, type Reason, type Recipe, recipes } from './contract.ts';

/** Raised when a recipe is improved: everything that was made by an older version is made again. */
const forAll: Record<Recipe, number> = {
  thumbnails: 4,
  text: 2,
  media: 5,
  model: 4,
  playable: 2,
  encoded: 1,
  pdf: 1,
  light: 3,
  ocr: 2,
  tiles: 1,
  avif: 1,
  stream: 1,
};

const office = /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\./;
const oldOffice = /^application\/(msword|rtf|vnd\.ms-(excel|powerpoint))$/;
const pictures = /^image\/(png|jpeg|webp|gif|tiff|avif|svg\+xml)$/;
/** Pictures that sharp does not read. */
export const isOtherPicture = (mediaType: string): boolean => /^image\/(bmp|heic|heif)$/.test(mediaType);
const plain =
  /^(text\/|application\/(json|manifest\+json|xml|xml-dtd|xhtml\+xml|oebps-package\+xml|x-dtbncx\+xml|x-subrip|yaml)$)/;

/** Zips whose files are read where they lie: packages may be large, and their words are few. */
export const isPackage = (mediaType: string): boolean => /^application\/(zip|epub\+zip)$/.test(mediaType);

/** Files whose pages are those of the PDF that is made of them. */
export const isOffice = (mediaType: string): boolean => office.test(mediaType) || oldOffice.test(mediaType);

/** Office files whose words are read as they are; of older ones, only out of that PDF. */
export const hasWords = (mediaType: string): boolean => office.test(mediaType);

/** Improvements from which only some kinds of files gain: what was made of the others stays. */
const forSome: readonly { recipe: Recipe; version: number; gains: (mediaType: string) => boolean }[] = [
  // Packages are seen, those without a picture of their own by their words or names; it is asked for when their text is made.
  { recipe: 'thumbnails', version: 7, gains: isPackage },
  // Textures packed as KTX2 are seen, too.
  { recipe: 'thumbnails', version: 6, gains: (mediaType) => /^model\/gltf/.test(mediaType) },
  { recipe: 'text', version: 3, gains: isPackage },
  // Tells which pages are pictures, so that they are read.
  { recipe: 'pdf', version: 2, gains: (mediaType) => office.test(mediaType) },
  // Tells of captions inside of films, which are taken out then.
  { recipe: 'media', version: 6, gains: (mediaType) => mediaType.startsWith('video/') },
  { recipe: 'model', version: 5, gains: (mediaType) => mediaType === 'model/stl' },
];

/** The version by which a recipe is followed with files of a kind. */
export const versionFor = (recipe: Recipe, mediaType: string): number =>
  newest(recipe, ({ gains }) => gains(mediaType));

const newest = (recipe: Recipe, counts: (improvement: (typeof forSome)[number]) => boolean): number =>
  Math.max(
    forAll[recipe],
    ...forSome.flatMap((one) => (one.recipe === recipe && counts(one) ? one.version : [])),
  );

/** The newest version of each recipe, for whatever kind. */
export const versions = Object.fromEntries(
  recipes.map((recipe) => [recipe, newest(recipe, () => true)]),
) as Record<Recipe, number>;

/** Drawings of machine parts, which only a geometry kernel reads. */
export const isCad = (mediaType: string): boolean => /^model\/(step|iges|x-brep)$/.test(mediaType);

/** What is made of models; of a zip, once a look into it has shown that it holds one. */
export const modelRecipes = ['model', 'thumbnails', 'light'] as const satisfies Recipe[];

/** What is to be made of a blob, by its media type; `text` of a film only once it is known to hold captions, `ocr` only once its text shows that there are pages to read,
 * `tiles` and `avif` only once it has thumbnails, `stream` only once its length is known, `encoded` only when somebody asks. */
export function recipesFor(mediaType: string): Recipe[] {
  if (mediaType === 'application/pdf') return ['thumbnails', 'text'];
  if (office.test(mediaType)) return ['text', 'thumbnails', 'pdf'];
  if (oldOffice.test(mediaType)) return ['pdf'];
  if (isPackage(mediaType)) return ['text'];
  if (pictures.test(mediaType)) return ['thumbnails', 'text'];
  if (isOtherPicture(mediaType)) return ['thumbnails'];
  if (mediaType.startsWith('video/')) return ['media', 'thumbnails', 'playable'];
  if (mediaType.startsWith('audio/')) return ['media', 'thumbnails', 'playable'];
  if (mediaType === 'model/gltf-binary') return [...modelRecipes];
  if (mediaType === 'model/gltf+json') return ['text', ...modelRecipes];
  if (mediaType === 'model/stl' || isCad(mediaType)) return [...modelRecipes];
  if (plain.test(mediaType)) return ['thumbnails', 'text'];
  return [];
}

/** Beyond this, in pixels, browsers take long over a picture and phones give up. */
const mostAtOnce = 30_000_000;

/** Whether a picture is cut into tiles, once its size is known: a large one, or one that browsers do not read. */
export function needsTiles(mediaType: string, { width, height }: { width: number; height: number }): boolean {
  if (/^image\/(tiff|heic|heif)$/.test(mediaType)) return true;
  if (!pictures.test(mediaType) || /svg|gif/.test(mediaType)) return false;
  return width * height > mostAtOnce;
}

/** In seconds: see below. */
const longFilm = 5 * 60;

/**
 * Whether a film that browsers play as it is gets a copy in segments, too (HTTP Live Streaming). Before the first picture
 * of an MP4 browsers must have its index, which grows with its length: 100 kB and more after five minutes, a megabyte for
 * a lecture; many programs write it at the end, so that it is looked for there first. Of segments they read a short list
 * and six seconds, wherever somebody begins. A shorter film gains nothing that would be worth its bytes a second time.
 * Only what can be taken over as it is, which is cheap. A sphere is played by a player of its own, which wants the file.
 */
export function needsSegments({ media, sphere }: Facts): boolean {
  if (!media?.isPlayable || sphere) return false;
  const { videoCodec, audioCodec = 'aac', seconds = 0 } = media;
  return videoCodec === 'h264' && audioCodec === 'aac' && seconds >= longFilm;
}

/** Whether thumbnails are made as AVIF by a recipe of its own; of everything else they come with the others. */
export const isPicture = (mediaType: string): boolean => pictures.test(mediaType);

/** Whether another try may make what failed. */
export const mayMend = (reason: Reason): boolean => mendable.some((other) => other === reason);

const megabyte = 1024 * 1024;

export interface Limits {
  /** larger blobs are not looked into, in bytes */
  size: number;
  /** milliseconds */
  time: number;
  /** of the converter, in bytes */
  memory: number;
}

/** A lecture of two hours in full HD takes a slow core about one, in milliseconds. */
export const longestEncoding = 3 * 3600_000;

/** What a conversion may take at most. */
export function limitsFor(recipe: Recipe, mediaType: string): Limits {
  if (recipe === 'encoded')
    return { size: Number.POSITIVE_INFINITY, time: longestEncoding, memory: 1500 * megabyte };
  if (recipe === 'playable' || recipe === 'stream')
    return { size: Number.POSITIVE_INFINITY, time: 1080_000, memory: 1500 * megabyte };
  if (recipe === 'avif') return { size: 300 * megabyte, time: 1080_000, memory: 1500 * megabyte };
  if (recipe === 'tiles') return { size: 500 * megabyte, time: 600_000, memory: 2500 * megabyte };
  if (recipe === 'ocr') return { size: 500 * megabyte, time: 1080_000, memory: 2000 * megabyte };
  if (isPackage(mediaType)) return { size: Number.POSITIVE_INFINITY, time: 120_000, memory: 1500 * megabyte };
  if (recipe === 'pdf') return { size: 300 * megabyte, time: 180_000, memory: 2000 * megabyte };
  if (/^(video|audio)\//.test(mediaType))
    return { size: Number.POSITIVE_INFINITY, time: 120_000, memory: 1500 * megabyte };
  if (isCad(mediaType)) return { size: 200 * megabyte, time: 300_000, memory: 3000 * megabyte };
  if (recipe === 'light') return { size: 2048 * megabyte, time: 180_000, memory: 3000 * megabyte };
  if (recipe === 'model' || mediaType.startsWith('model/'))
    return { size: 2048 * megabyte, time: 60_000, memory: 3000 * megabyte };
  if (mediaType.startsWith('image/')) return { size: 300 * megabyte, time: 60_000, memory: 1500 * megabyte };
  return { size: 500 * megabyte, time: 300_000, memory: 1500 * megabyte };
}
