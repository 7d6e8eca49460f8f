import type { Request } from 'express';
import type { Member } from '../access/index.ts';
import { entryMediaType, openArchive } from '../archives/index.ts';
import { blobGone, blobsOf, conditionsOf } from '../blobs/index.ts';
import { derivativesOf, outputOf, textOf } from '../derive/index.ts';
import { type ContentOrigin, handle, handleRaw, Problem, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { type Content, contentFor, fileFor } from '../resources/index.ts';
import { recordUsage } from '../usage/index.ts';
import { addressFor, lifetimeOf, type Signing, sameFor } from './address.ts';
import * as contract from './contract.ts';
import { embedOf, resourceAt, titleFor } from './embedding.ts';
import * as encoding from './encoding.ts';
import { presentPreview } from './present.ts';
import { formatNotOffered, notEmbeddable } from './problems.ts';

export const routes = (platform: Platform, signing: Signing, contentOrigin: ContentOrigin): Route[] => {
  const addresses = (req: Request) => (sha256: string, what: string, name: string) =>
    contentOrigin(req) + addressFor(signing, { sha256, what, name }, platform.clock());
  /** Browsers may keep a redirect while the address behind it surely works, and works on for a while. */
  const redirectCaching = `private, max-age=${sameFor(signing)}`;

  return [
    handle(contract.listPreviews, async ({ member, params, query, language, req }) => {
      const { content } = await contentFor(member, params.id, query.version);
      const sha256s = content.files.map(({ sha256 }) => sha256);
      const [made, conditions] = await Promise.all([derivativesOf(sha256s), conditionsOf(platform, sha256s)]);
      const [address, encoders] = [addresses(req), await encoding.encodersFor(member, params.id, made)];
      return {
        lasts: lifetimeOf(signing, 'file'),
        items: content.files.map((file) => {
          const { sha256 } = file;
          const of = made.get(sha256) ?? [];
          return presentPreview(file, of, address, language, conditions.get(sha256) ?? {}, encoders(of));
        }),
      };
    }),
    handle(contract.encodeFile, ({ member, params }) => encoding.ask(platform, member, params)),
    handle(contract.stopEncodingFile, ({ member, params }) => encoding.stop(platform, member, params)),
    handle(contract.listPassages, async ({ member, params }) => ({
      items: await textOf([(await fileFor(member, params)).file]),
    })),
    handle(contract.listEntries, async ({ member, params, req }) => {
      const { file } = await fileFor(member, params);
      const blob = (await blobsOf([file.sha256])).get(file.sha256);
      if (!blob) throw blobGone({ sha256: file.sha256 });
      const { entries } = await openArchive(platform, blob, params.path.split('/').at(-1));
      return {
        lasts: lifetimeOf(signing, 'play'),
        url: addresses(req)(file.sha256, 'package', ''),
        play: addresses(req)(file.sha256, 'play', ''),
        items: [...entries.values()].map((entry) => ({ ...entry, mediaType: entryMediaType(entry.path) })),
      };
    }),
    handle(contract.describeEmbed, async ({ member, query, req }) => {
      if (query.format !== 'json') throw formatNotOffered({ format: query.format });
      const { PUBLIC_URL, GROUP_NAME } = platform.config;
      const asked = `${req.protocol}://${req.get('host')}`;
      const origin = PUBLIC_URL ?? asked;
      const id = resourceAt(query.url, [origin, asked]);
      const title = id && (await titleFor(member, id));
      if (id === undefined || title === undefined) throw notEmbeddable({});
      const { maxwidth: width, maxheight: height } = query;
      return embedOf({ id, title, origin, provider: GROUP_NAME }, { width, height });
    }),
    handleRaw(contract.openFile, async ({ member, params, req, res }) => {
      const { id, path } = params;
      const { file, version } = await fileFor(member, params);
      if (version !== null) recordUsage(member, { kind: 'preview', resource: id, version, file: path }, req);
      res.setHeader('Cache-Control', redirectCaching);
      res.redirect(302, addresses(req)(file.sha256, 'file', path.split('/').at(-1) ?? path));
    }),
    handleRaw(contract.getCover, async ({ member, params, query, req, res }) => {
      const { cover } = await shownOf(member, params.id);
      const picture = cover === null ? undefined : await outputOf(cover, query.size);
      if (cover === null || !picture) {
        res.status(204).end();
        return;
      }
      res.setHeader('Cache-Control', redirectCaching);
      res.redirect(302, addresses(req)(cover, picture.name, 'cover'));
    }),
  ];
};

/** What is published, or the draft before that. */
async function shownOf(member: Member, id: string): Promise<Content> {
  try {
    return (await contentFor(member, id, 'newest')).content;
  } catch (error) {
    const isUnpublished = error instanceof Problem && error.type === 'access/not-found';
    if (!isUnpublished) throw error;
    return (await contentFor(member, id, 'draft')).content;
  }
}
