import { isInSphere } from '../../../server/resources/contract.ts';
import type { Preview } from '../../api/content.ts';
import { failureOf, isAtFault, remarkOn, unseen } from '../../api/failure.ts';
import { recordingFor, tracksOf } from '../../features/viewers/captions.ts';
import { type Viewable, viewerFor } from '../../features/viewers/kinds.ts';
import type { Label, Scene } from '../../features/viewers/labels/label.ts';
import { usdzFor } from '../../features/viewers/model/sources.ts';

/** What the viewer opens for a file of a version. */
export function viewableOf(
  {
    path,
    mediaType,
    size,
    url,
    thumbnails,
    copies,
    tiles,
    captions = [],
    facts,
    made,
    setAside,
    scan,
    annotations,
    can,
  }: Preview,
  of: Viewable['of'],
  others: ReadonlyMap<string, Preview> = new Map(),
): Viewable {
  return {
    of,
    path,
    mediaType: setAside === undefined ? mediaType : 'application/octet-stream',
    size,
    url,
    poster: (thumbnails.large ?? thumbnails.medium)?.url,
    copies,
    tracks: /^(video|audio)\//.test(mediaType)
      ? [
          ...tracksOf(path, others.values()),
          ...captions.map(({ url, language = '', title }, place) => ({
            ...{ path: `${path}#${place}`, kind: 'captions' as const },
            ...{ url, language, title },
          })),
        ]
      : undefined,
    labels: annotations?.map((label) => labelOf(label, others)),
    usdz: usdzFor(path, others.values())?.url,
    model: {
      whole: facts.model,
      light: facts.light,
      isUnknowable: made.some(({ recipe, state }) => recipe === 'model' && state === 'failed'),
    },
    converting: convertingOf(made, facts),
    unplayable: unplayableOf(made, facts, copies),
    can,
    chapters: facts.media?.chapters?.map(({ seconds, title }) => ({ at: Math.floor(seconds), text: title })),
    codec: facts.media?.videoCodec,
    sphere: facts.sphere,
    tiles,
    failure: setAside ?? scan.detail ?? failureOf(made),
    isMaking: made.some(({ state, recipe }) => state === 'waiting' && !unseen.has(recipe)),
    inspection: inspectionOf(made, facts),
    remark: remarkOn(made),
  };
}

/** A label with the addresses of what it shows and leads to; what is gone, or no longer a 360° photo, it does not. */
function labelOf(
  { image, ...label }: NonNullable<Preview['annotations']>[number],
  files: ReadonlyMap<string, Preview>,
): Label {
  const shown = { image: pictureAt(image, files) };
  if (!isInSphere(label)) return { ...label, ...shown };
  const { scene, ...rest } = label;
  const to = scene && files.get(scene.path);
  const found = to && sceneOf(to);
  return { ...rest, ...shown, scene: found && { ...found, look: scene.look } };
}

/** A file that can be looked around in, with what that needs. */
export function sceneOf({
  path,
  url,
  mediaType,
  thumbnails,
  facts: { sphere },
  setAside,
}: Preview): Scene | undefined {
  if (!sphere || !mediaType.startsWith('image/') || setAside !== undefined) return undefined;
  return { path, url, poster: (thumbnails.large ?? thumbnails.medium)?.url, sphere };
}

/** A picture among the files of a version, as large as it is looked at beside something else. */
function pictureAt(path: string | undefined, files: ReadonlyMap<string, Preview>) {
  const file = path === undefined ? undefined : files.get(path);
  return file && { path: file.path, url: (file.thumbnails.large ?? file.thumbnails.medium ?? file).url };
}

/** Whether a recording that browsers do not play is being converted. */
function convertingOf(made: Preview['made'], { media }: Preview['facts']): Viewable['converting'] {
  if (media?.isPlayable !== false) return undefined;
  const copy = made.find(({ recipe, state }) => conversions.has(recipe) && state === 'waiting');
  return copy && { share: copy.progress };
}

/** Whether a film can only be played once somebody has asked for a copy. */
function unplayableOf(
  made: Preview['made'],
  { media }: Preview['facts'],
  copies: Preview['copies'],
): Viewable['unplayable'] {
  if (media?.isPlayable !== false || media.videoCodec === undefined || copies.playable) return undefined;
  return { failure: made.find(({ recipe }) => recipe === 'encoded')?.detail };
}

/** What makes copies that browsers play. */
const conversions: ReadonlySet<string> = new Set(['playable', 'encoded']);

/** Whether a file let itself be unpacked and read within bounds; one whose words are known has, also while they are read anew. */
function inspectionOf(made: Preview['made'], { characters }: Preview['facts']): Viewable['inspection'] {
  if (isAtFault(made)) return 'failed';
  const isRead =
    characters !== undefined || made.find(({ recipe }) => recipe === 'text')?.state !== 'waiting';
  return isRead ? 'passed' : 'waiting';
}

interface File {
  readonly path: string;
  readonly mediaType: string;
}

/** Whether there is something to see of it: a viewer, or what is made of a TIFF, a HEIC photo or a drawing of a machine part. */
export const canPreview = (file: File): boolean =>
  viewerFor(file) !== 'none' || /^(image\/(tiff|heic|heif)|model\/(step|iges|x-brep))$/.test(file.mediaType);

/**
 * The file to begin with: the one that was asked for, or the first that can be looked at. A place in captions is one in
 * their recording.
 * @param at page or second that was asked for; none when the file itself was
 */
export function firstOf<F extends File>(
  files: readonly F[],
  asked: string | null,
  at?: number,
): F | undefined {
  const recording = asked !== null && at !== undefined ? recordingFor(files, asked) : undefined;
  return recording ?? files.find(({ path }) => path === asked) ?? files.find(canPreview) ?? files[0];
}
