import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import type { Member } from '../access/index.ts';
import { emptyFile, newBlobKey, reserve, storeProblem, tooLarge } from '../blobs/index.ts';
import { Problem } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { assertTakesFiles } from '../resources/index.ts';
import { safePath } from './form.ts';
import { type StoredUpload, UploadModel } from './model.ts';
import { badProtocol, moreThanDeclared, uploadGone } from './problems.ts';
import { assertFits } from './room.ts';
import { abandonUpload, findUpload, finishUpload, giveUp, isFinal, keptFor, takenIn } from './service.ts';
import { type Checksum, checksumIn, receive } from './sitting.ts';

/** What `Upload-Metadata` may have: what we read, and what tus-js-client and Uppy send along by themselves. */
const metadataKeys = new Set([
  'filename',
  'name',
  'filetype',
  'type',
  'relativePath',
  'resource',
  'path',
  'taken',
  'size',
  'lastModified',
]);

/** What the tus protocol reads and writes, for the one request of one member. */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'expiration', 'termination', 'checksum'];
  readonly #platform: Platform;
  readonly #member: Member;
  readonly #checksum: Checksum | undefined;
  #writing: Promise<number> | undefined;

  constructor(platform: Platform, member: Member, checksumHeader?: string) {
    super();
    this.#platform = platform;
    this.#member = member;
    this.#checksum = checksumIn(checksumHeader);
  }

  override async create(upload: Upload): Promise<Upload> {
    const { config, objects, clock } = this.#platform;
    const { size } = upload;
    const metadata = (upload.metadata ?? {}) as Record<string, string | null>;
    for (const key of Object.keys(metadata))
      if (!metadataKeys.has(key)) throw badProtocol({ reason: `Upload-Metadata: ${key}` });
    const name = (metadata.filename ?? metadata.name ?? '').split(/[/\\]/).at(-1) ?? '';
    const resource = metadata.resource ?? '';
    if (!/^[0-9a-f]{24}$/.test(resource)) throw badProtocol({ reason: 'Upload-Metadata: resource' });
    if (size === undefined || !Number.isSafeInteger(size)) throw badProtocol({ reason: 'Upload-Length' });
    takenIn(metadata);
    safePath(name, 'filename');
    const path = safePath(metadata.path || metadata.relativePath || name, 'path');
    if (size === 0) throw emptyFile({ name });
    if (size > config.MAX_FILE_SIZE) throw tooLarge({ name, limit: config.MAX_FILE_SIZE });
    const { organisation } = await assertTakesFiles(this.#member, resource);
    await assertFits(this.#platform, size);
    const reservation = await reserve(this.#platform, organisation, size, keptFor);
    const unfinished = await objects.begin(newBlobKey(), size).catch((error) => {
      throw storeProblem(error, objects);
    });
    await UploadModel.create({
      _id: upload.id,
      owner: this.#member.id,
      organisation,
      resource,
      path,
      name,
      declaredType: metadata.filetype ?? metadata.type ?? undefined,
      metadata,
      size,
      unfinished,
      reservation: reservation.id,
      state: 'receiving',
      touchedAt: clock(),
      createdAt: clock(),
    });
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const upload = await this.#usable(id);
    const isComplete = upload.state === 'receiving' && upload.unfinished.size === upload.size;
    if (isComplete) await finishUpload(this.#platform, this.#member, upload); // a crash had come in between
    return new Upload({
      id,
      size: upload.size,
      offset: upload.unfinished.size,
      metadata: upload.metadata,
      creation_date: upload.touchedAt.toISOString(), // it expires when nobody has touched it for long
    });
  }

  override write(stream: Readable, id: string): Promise<number> {
    this.#writing = this.#receive(stream, id);
    return this.#writing;
  }

  /**
   * Resolves when nothing is being written any more. The library does not wait for that when a stream breaks, and
   * hides why it broke. @throws why writing failed
   */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #receive(stream: Readable, id: string): Promise<number> {
    const upload = await this.#usable(id);
    if (upload.state === 'finished') return upload.size;
    const { unfinished, digest } = await receive(this.#platform, upload, stream, this.#checksum).catch(
      async (error: unknown) => {
        if (error instanceof Problem && isFinal(error)) throw await giveUp(this.#platform, upload, error);
        if (isBeyondSize(error)) throw moreThanDeclared({});
        throw storeProblem(error, this.#platform.objects);
      },
    );
    if (unfinished.size === upload.size)
      await finishUpload(this.#platform, this.#member, { ...upload, unfinished }, digest);
    return unfinished.size;
  }

  override async remove(id: string): Promise<void> {
    await abandonUpload(this.#platform, this.#member, id);
  }

  override getExpiration(): number {
    return keptFor;
  }

  /** The upload, if the member may still add to that draft. @throws notFound, uploadGone, why it was refused */
  async #usable(id: string): Promise<StoredUpload> {
    const upload = await findUpload(this.#member, id);
    if (upload.state === 'refused') throw uploadGone({});
    if (upload.state === 'receiving') await assertTakesFiles(this.#member, upload.resource);
    return upload;
  }
}

/** What the library breaks a stream off with that goes on beyond the size of the upload. */
const isBeyondSize = (error: unknown) =>
  error instanceof Error && 'status_code' in error && error.status_code === 413;
