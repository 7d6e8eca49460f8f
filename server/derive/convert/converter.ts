import type { Reason } from '../contract.ts';
import { isOtherPicture } from '../recipes.ts';
import { type Made, NotConvertible, type Task } from './conversion.ts';

/** What a converter process says while it is at work: how much is done, from 0 to 1. */
export type Progress = { progress: number };
/** What a converter process answers. */
export type Reply = { made: Made } | { refused: Reason; about?: string } | { crashed: string };

/** Each loads its library when it is first needed. */
async function convert(task: Task): Promise<Made> {
  const { mediaType, recipe } = task;
  if (recipe !== 'pdf' && task.wanted?.includes('pdf')) (await import('./office-pdf.ts')).warmUp();
  if (recipe === 'model') return (await import('./model.ts')).convertModel(task);
  if (recipe === 'light') return (await import('./light-model.ts')).makeLight(task);
  if (mediaType.startsWith('model/') && recipe !== 'text')
    return (await import('./model-picture.ts')).pictureOfModel(task);
  if (recipe === 'pdf') return (await import('./office-pdf.ts')).convertOfficeToPdf(task);
  if (recipe === 'playable') return (await import('./playable.ts')).convertToPlayable(task, tell);
  if (recipe === 'encoded') return (await import('./playable.ts')).encodeFilm(task, tell);
  if (recipe === 'stream') return (await import('./playable.ts')).cutIntoSegments(task, tell);
  if (/^(video|audio)\//.test(mediaType) && recipe === 'text')
    return (await import('./captions.ts')).readCaptions(task);
  if (/^(video|audio)\//.test(mediaType)) return (await import('./media.ts')).convertMedia(task);
  if (task.entries) return (await import('./package.ts')).convertPackage(task);
  if (recipe === 'avif') return (await import('./picture.ts')).convertPictureToAvif(task);
  if (recipe === 'tiles') return (await import('./tiles.ts')).cutIntoTiles(task);
  if (recipe === 'ocr') return (await import('./scan.ts')).readScan(task);
  if (isOtherPicture(mediaType)) return (await import('./other-picture.ts')).convertOtherPicture(task);
  if (mediaType.startsWith('image/') && recipe === 'text')
    return (await import('./picture-words.ts')).convertPictureWords(task);
  if (mediaType.startsWith('image/')) return (await import('./picture-once.ts')).convertPicture(task);
  if (mediaType === 'application/pdf') return (await import('./pdf.ts')).convertPdf(task);
  if (mediaType.startsWith('application/vnd.')) return (await import('./office.ts')).convertOffice(task);
  if (recipe === 'thumbnails') return (await import('./text-picture.ts')).convertTextPicture(task);
  return (await import('./plain.ts')).convertPlain(task);
}

function tell(progress: number): void {
  process.send?.({ progress } satisfies Progress);
}

/** A process of its own that converts one file after the other, and that may be killed at any time. */
process.on('message', async (task: Task) => {
  const reply = await convert(task).then(
    (made): Reply => ({ made }),
    (error: unknown): Reply =>
      error instanceof NotConvertible
        ? { refused: error.reason, ...(error.about !== undefined && { about: error.about }) }
        : { crashed: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  );
  process.send?.(reply);
});
process.on('disconnect', () => process.exit());
