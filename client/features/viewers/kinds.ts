import type { Preview } from '../../api/content.ts';
import type { Chapter, Track } from './captions.ts';
import type { Label } from './labels/label.ts';
import { isGltf } from './model/sources.ts';

/** What a model asks of the device that shows it. */
export type Weight = NonNullable<Preview['facts']['light']>;

/** How a picture or film lies on a sphere. */
export type Sphere = NonNullable<Preview['facts']['sphere']>;

/** Which viewer opens a file. */
export type ViewerKind =
  | 'image'
  | 'sphere'
  | 'sphere-film'
  | 'zoom'
  | 'pdf'
  | 'video'
  | 'audio'
  | 'model'
  | 'markdown'
  | 'archive'
  | 'document'
  | 'passages'
  | 'table'
  | 'page'
  | 'text'
  | 'none';

/** What a viewer needs to know of a file. */
export interface Viewable {
  readonly path: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Where its bytes come from: the content origin. */
  readonly url: string;
  /** Picture to show until it is there. */
  readonly poster?: string | undefined;
  /** The version that it belongs to, for what is inside of it. */
  readonly of?: { readonly resource: string; readonly version: number | 'newest' | 'draft' } | undefined;
  /** Copies that browsers can open, by kind. */
  readonly copies?:
    | Partial<
        Record<
          'playable' | 'hls' | 'pdf' | 'light' | 'packed',
          { readonly url: string; readonly size: number }
        >
      >
    | undefined;
  /** Files with words for a recording: captions, chapters. */
  readonly tracks?: readonly Track[] | undefined;
  /** Chapters inside of a recording. */
  readonly chapters?: readonly Chapter[] | undefined;
  /** Labels on a model or in a 360° photo, in order. */
  readonly labels?: readonly Label[] | undefined;
  /** The same model as Apple's programs read it. */
  readonly usdz?: string | undefined;
  /** How heavy a model and its light copy are, as far as that is known; or that nobody will know. */
  readonly model?: {
    readonly whole: Weight | undefined;
    readonly light: Weight | undefined;
    readonly isUnknowable: boolean;
  };
  /** A copy that browsers can play is on its way: how much of it is done, from 0 to 1, once it has begun. */
  readonly converting?: { readonly share?: number | undefined } | undefined;
  /** Codec of a video, when it is known. */
  readonly codec?: string | undefined;
  /** A film that browsers do not play, without a copy that they do: why that could not be made, if it was asked for. */
  readonly unplayable?: { readonly failure?: string | undefined } | undefined;
  /** What the reader may do about it: have a copy made, or stop that. */
  readonly can?: Preview['can'] | undefined;
  /** How a picture or film lies on a sphere around whoever looks at it; angles in degrees. */
  readonly sphere?: Sphere | undefined;
  /** Base of the tiles that a large picture has been cut into (IIIF Image API 3.0). */
  readonly tiles?: string | undefined;
  /** Why no picture or text could be made of it, as a sentence. */
  readonly failure?: string | undefined;
  /** Whether pages or text of it are still being made. */
  readonly isMaking?: boolean | undefined;
  /**
   * What is known of unpacking it: that it is as it should be, that nobody knows yet, or that it harms whatever program
   * opens it, so that no browser is given it.
   */
  readonly inspection?: 'passed' | 'waiting' | 'failed' | undefined;
  /** What its author may want to know of it, though it opens. */
  readonly remark?: string | undefined;
}

const pictures = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/svg+xml',
  'image/bmp',
]);
const textEndings =
  /\.(txt|csv|tsv|json|xml|ya?ml|srt|vtt|nc|cnc|tap|mpf|gcode|py|js|ts|c|cpp|h|java|st|scl|awl|log|ini|md)$/i;

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** What has pages once LibreOffice has made them; until then its text is shown. */
const office =
  /^application\/(msword|rtf|vnd\.ms-(excel|powerpoint)|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\..*)$/;

export function viewerFor({
  mediaType,
  path,
  copies,
  sphere,
  tiles,
}: Pick<Viewable, 'mediaType' | 'path' | 'copies' | 'sphere' | 'tiles'>): ViewerKind {
  if (copies?.pdf) return 'pdf';
  if (copies?.packed) return 'model';
  if (mediaType === docx) return 'document';
  if (office.test(mediaType)) return 'passages';
  if (sphere && pictures.has(mediaType)) return 'sphere';
  if (tiles !== undefined) return 'zoom';
  if (pictures.has(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  if (/^video\//.test(mediaType)) return sphere ? 'sphere-film' : 'video';
  if (mediaType.startsWith('audio/')) return 'audio';
  if (mediaType === 'model/stl' || mediaType === 'model/gltf+json' || isGltf({ mediaType, path }))
    return 'model';
  if (mediaType === 'application/zip' || mediaType === 'application/epub+zip') return 'archive';
  if (mediaType === 'text/markdown' || /\.(md|markdown)$/i.test(path)) return 'markdown';
  if (mediaType === 'text/csv' || mediaType === 'text/tab-separated-values') return 'table';
  if (mediaType === 'text/html' || mediaType === 'application/xhtml+xml') return 'page';
  if (mediaType.startsWith('text/')) return 'text';
  if (mediaType === 'application/json' || textEndings.test(path)) return 'text';
  return 'none';
}

/** The last part of a path, which people take for the file's name. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The same without its ending. */
export const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]+$/, '');
