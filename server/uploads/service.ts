import { UnfinishedLost } from '../../storage/objects/store.ts';
import { type Member, notFound } from '../access/index.ts';
import { holdBlob, ingestUnfinished, type RunningDigest, release } from '../blobs/index.ts';
import { wantDerivatives } from '../derive/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { attachFiles, TakenWay } from '../resources/index.ts';
import { type StoredUpload, UploadModel } from './model.ts';
import { badProtocol, uploadGone } from './problems.ts';
import { dropDigest } from './running-digests.ts';

/** An upload that nobody has touched for this long is given up, and a finished one forgotten; in milliseconds. */
export const keptFor = 7 * 24 * 3600 * 1000;

/** The member's own upload; somebody else's does not exist. @throws notFound */
export async function findUpload(member: Member, id: string): Promise<StoredUpload> {
  const upload = await UploadModel.findOne({ _id: id, owner: member.id }).lean();
  if (!upload) throw notFound({});
  return upload;
}

/** The member's own uploads that can be taken up again, newest first. */
export async function listUploads(member: Member): Promise<StoredUpload[]> {
  return UploadModel.find({ owner: member.id, state: 'receiving' }).sort({ createdAt: -1 }).limit(200).lean();
}

/**
 * Turns bytes that have all come into a file of the draft. May be repeated: after a crash the member's next request
 * takes it up where it was.
 * @throws what ingest and attachFiles throw; when the bytes themselves are refused, they are gone
 */
export async function finishUpload(
  platform: Platform,
  member: Member,
  upload: StoredUpload,
  running?: RunningDigest,
): Promise<void> {
  const { _id, name, declaredType, organisation, resource, path, unfinished, findings } = upload;
  try {
    const { sha256, size, crc32, mediaType } = await ingestUnfinished(
      platform,
      {
        unfinished,
        running,
        known: findings,
        remember: async (found) => {
          await UploadModel.updateOne({ _id }, { $set: { findings: found } });
        },
      },
      { name, mediaType: declaredType, organisation },
    );
    await holdBlob(platform, sha256);
    const given = { path, size, mediaType, sha256, crc32 };
    const [file = given] = await attachFiles(platform, member, resource, [given], takenIn(upload.metadata));
    await wantDerivatives(platform, [{ sha256, mediaType }], organisation);
    await UploadModel.updateOne(
      { _id },
      {
        $set: {
          state: 'finished',
          file: { path: file.path, size, mediaType, sha256 },
          touchedAt: platform.clock(),
        },
      },
    );
    await release({ id: upload.reservation, organisation });
  } catch (error) {
    if (error instanceof UnfinishedLost) throw await giveUp(platform, upload, uploadGone({}));
    if (error instanceof Problem && isFinal(error)) await giveUp(platform, upload, error);
    throw error;
  }
}

/** What was wanted for the case that the path is taken. @throws badProtocol */
export function takenIn({ taken }: StoredUpload['metadata']): TakenWay {
  const { success, data } = TakenWay.default('replace').safeParse(taken ?? undefined);
  if (!success) throw badProtocol({ reason: 'Upload-Metadata: taken' });
  return data;
}

/** A fault of the bytes themselves: sending the same again would not help. */
export function isFinal({ type, status }: Problem): boolean {
  return type.startsWith('blobs/') && status < 500;
}

/** Marks an upload as refused and frees its bytes. Gives the problem back. */
export async function giveUp(platform: Platform, upload: StoredUpload, problem: Problem): Promise<Problem> {
  const words = { 'zh-CN': problem.toBody('zh-CN'), en: problem.toBody('en') };
  await UploadModel.updateOne(
    { _id: upload._id },
    { $set: { state: 'refused', problem: words, touchedAt: platform.clock() } },
  );
  await free(platform, upload);
  return problem;
}

/** Gives up an upload on the member's wish. @throws notFound */
export async function abandonUpload(platform: Platform, member: Member, id: string): Promise<void> {
  const upload = await findUpload(member, id);
  if (upload.state === 'receiving') await free(platform, upload);
  await UploadModel.deleteOne({ _id: id });
}

async function free({ objects }: Platform, { _id, unfinished, reservation, organisation }: StoredUpload) {
  dropDigest(_id);
  await objects.abandon(unfinished);
  await release({ id: reservation, organisation });
}

/** Forgets uploads that nobody has touched for a week. Resolves with their number. */
export async function expireUploads(platform: Platform): Promise<number> {
  const before = new Date(platform.clock().getTime() - keptFor);
  let expired = 0;
  for await (const upload of UploadModel.find({ touchedAt: { $lt: before } })
    .lean()
    .cursor()) {
    if (upload.state === 'receiving') await free(platform, upload);
    await UploadModel.deleteOne({ _id: upload._id, touchedAt: upload.touchedAt });
    expired++;
  }
  return expired;
}

/** The keys of objects that are arriving; the sweep leaves them alone. */
export async function arrivingKeys(): Promise<Set<string>> {
  const uploads = await UploadModel.find({ state: 'receiving' }).select('unfinished').lean();
  return new Set(uploads.map(({ unfinished }) => unfinished.key));
}
