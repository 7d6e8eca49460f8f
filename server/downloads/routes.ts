import type { Request, Response } from 'express';
import { blobGone, blobsOf, readBlob } from '../blobs/index.ts';
import { dispositionFor, handleRaw, type Representation, type Route, sendBytes } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { contentFor, noSuchFile } from '../resources/index.ts';
import { recordUsage } from '../usage/index.ts';
import { bundleOf } from './bundle.ts';
import * as contract from './contract.ts';

/** For how long an address of the object store itself works, in seconds. */
const redirectTime = 300;

export const routes = (platform: Platform): Route[] => [
  handleRaw(contract.downloadFile, async ({ member, params, req, res }) => {
    const { id, version: which, path } = params;
    const { content, version } = await contentFor(member, id, which);
    const file = content.files.find((one) => one.path === path);
    if (!file) throw noSuchFile({ path });
    const { sha256, size, mediaType } = file;
    const name = path.split('/').at(-1) ?? path;
    const note = () => {
      if (version !== null) recordUsage(member, { kind: 'download', resource: id, version, file: path }, req);
    };
    if (platform.config.S3_DOWNLOADS === 'redirect' && platform.objects.signedUrl) {
      const blob = (await blobsOf([sha256])).get(sha256);
      if (!blob) throw blobGone({ sha256 });
      const wishes = { seconds: redirectTime, mediaType, disposition: dispositionFor(name) };
      note();
      res.setHeader('Cache-Control', 'no-store');
      return res.redirect(302, await platform.objects.signedUrl(blob.key, wishes));
    }
    const open: Representation['open'] = (range) => readBlob(platform, sha256, range);
    await send(req, res, { size, tag: sha256, mediaType, open }, name, note);
  }),
  handleRaw(contract.downloadBundle, async ({ member, params, req, res }) => {
    const { content, version, modifiedAt } = await contentFor(member, params.id, params.version);
    const bundle = bundleOf(platform, { id: params.id, version, content, modifiedAt });
    const name = `${content.title.replace(/[/\\:*?"<>|]/g, '_')}-${version === null ? 'draft' : `v${version}`}.zip`;
    await send(req, res, bundle, name, () => {
      if (version !== null) recordUsage(member, { kind: 'download', resource: params.id, version }, req);
    });
  }),
];

/** Sends as an attachment. What begins at the first byte counts as a download; what goes on does not. */
async function send(
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
    'Cache-Control': 'private, no-cache',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
}
