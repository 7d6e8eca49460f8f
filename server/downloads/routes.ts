import type { Request, Response } from 'express';
import type { Member } from '../access/index.ts';
import { blobGone, blobsOf, handOver, readBlob, setAsideOf } from '../blobs/index.ts';
import { setFor } from '../collections/index.ts';
import type { Said } from '../http/contract.ts';
import { dispositionFor, handleRaw, type Representation, type Route, sendBytes } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { contentFor, fileFor } from '../resources/index.ts';
import { recordUsage } from '../usage/index.ts';
import { bundleOf, bundleOfSeveral } from './bundle.ts';
import * as contract from './contract.ts';
import { fileSetAside } from './problems.ts';
import { fileName, type Work, worksFor } from './works.ts';
import { zipOf } from './zip.ts';

/** For how long an address of the object store itself works, in seconds. */
const redirectTime = 300;
const caching = 'private, no-cache';

interface Asked {
  member: Member;
  req: Request;
  res: Response;
}

export const routes = (platform: Platform): Route[] => {
  /** Sends several resources as one zip; each counts as downloaded. */
  async function several(
    { member, req, res }: Asked,
    title: string,
    works: (Work & { folder: string })[],
    modifiedAt: Date,
  ): Promise<void> {
    await assertWhole(works);
    const zip = zipOf(platform, bundleOfSeveral(title, works, modifiedAt));
    await sendAttachment(req, res, zip, `${fileName(title)}.zip`, () => {
      for (const { id, version } of works)
        if (version !== null) recordUsage(member, { kind: 'download', resource: id, version }, req);
    });
  }

  async function set(subject: 'collection' | 'shelf', asked: Asked & { params: { id: string } }) {
    const { title, items, updatedAt } = await setFor(asked.member, subject, asked.params.id);
    const resources = items.map(({ resource }) => resource);
    await several(asked, title, await worksFor(asked.member, resources), updatedAt);
  }

  return [
    handleRaw(contract.downloadFile, async ({ member, params, req, res }) => {
      const { id, path } = params;
      const { file, version } = await fileFor(member, params);
      const { sha256, size, mediaType } = file;
      const name = path.split('/').at(-1) ?? path;
      const note = () => {
        if (version !== null)
          recordUsage(member, { kind: 'download', resource: id, version, file: path }, req);
      };
      const blob = (await blobsOf([sha256])).get(sha256);
      if (!blob) throw blobGone({ sha256 });
      const wishes = { mediaType, disposition: dispositionFor(name), caching, seconds: redirectTime };
      if (await handOver(platform, res, blob, { ...wishes, mayLoseHeaders: true })) return note();
      const open: Representation['open'] = (range) => readBlob(platform, sha256, range);
      await sendAttachment(req, res, { size, tag: sha256, mediaType, open }, name, note);
    }),
    handleRaw(contract.downloadBundle, async ({ member, params, req, res }) => {
      const { id } = params;
      const work = { id, ...(await contentFor(member, id, params.version)) };
      const { content, version } = work;
      await assertWhole([work]);
      const name = `${fileName(content.title)}-${version === null ? 'draft' : `v${version}`}.zip`;
      await sendAttachment(req, res, zipOf(platform, bundleOf(work)), name, () => {
        if (version !== null) recordUsage(member, { kind: 'download', resource: id, version }, req);
      });
    }),
    handleRaw(contract.downloadCollection, async (asked) => set('collection', asked)),
    handleRaw(contract.downloadShelf, async (asked) => set('shelf', asked)),
    handleRaw(contract.downloadSelection, async ({ query, language, ...asked }) => {
      const works = await worksFor(asked.member, query.resource);
      const newest = new Date(Math.max(0, ...works.map(({ modifiedAt }) => modifiedAt.getTime())));
      await several(asked, works[0]?.content.title ?? ofNothing[language], works, newest);
    }),
  ];
};

/** What a selection is called of which the member may read nothing. */
const ofNothing: Said = { 'zh-CN': '所选资源', en: 'Selected resources' };

/** A zip would break off where bytes are that nobody gets. @throws fileSetAside */
async function assertWhole(works: readonly Work[]): Promise<void> {
  const files = works.flatMap(({ content }) => content.files);
  const setAside = await setAsideOf(files.map(({ sha256 }) => sha256));
  const missing = files.find(({ sha256 }) => setAside.has(sha256));
  if (missing) throw fileSetAside({ path: missing.path });
}

/** Sends as an attachment. What begins at the first byte counts as a download; what goes on does not. */
export async function sendAttachment(
  req: Request,
  res: Response,
  bytes: Representation,
  name: string,
  note: () => void,
): Promise<void> {
  const begins = !/^bytes=(?!0-)/i.test(req.headers.range ?? '');
  if (req.method === 'GET' && begins) note();
  await sendBytes(req, res, bytes, {
    'Content-Disposition': dispositionFor(name),
    'Cache-Control': caching,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
}
