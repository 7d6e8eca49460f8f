import { createHash } from 'node:crypto';
import { filesOf, type Work, writtenPart, type ZipPart } from '../downloads/index.ts';
import { saidOf } from '../resources/index.ts';

/** Describes what a folder of the payload is, so that it can be imported again. */
export const descriptionFile = 'resource.json';
export const setFile = 'collection.json';

interface Bagged extends Work {
  /** folder below `data/`; empty for a bag of one */
  folder: string;
}

interface BagOf {
  /** name of the one folder that everything stands in */
  name: string;
  title: string;
  identifier: string;
  source: string;
  works: readonly Bagged[];
  /** what stands in `data/collection.json` */
  set?: object;
  modifiedAt: Date;
}

/**
 * A bag (RFC 8493) as the parts of a zip: the payload below `data/` with a description of each resource, its manifest,
 * the tag files and their manifest. All checksums are known, so nothing has to be read.
 */
export function bagOf({ name, title, identifier, source, works, set, modifiedAt }: BagOf): ZipPart[] {
  const written = (path: string, text: string) => writtenPart(`${name}/${path}`, text, modifiedAt);
  const payload: ZipPart[] = [
    ...(set ? [written(`data/${setFile}`, asJson(set))] : []),
    ...works.flatMap((work) => {
      const folder = work.folder === '' ? 'data/' : `data/${work.folder}/`;
      return [
        written(`${folder}${descriptionFile}`, asJson(descriptionOf(work))),
        ...filesOf(work, `${name}/${folder}files/`),
      ];
    }),
  ];
  const bytes = payload.reduce((sum, { size }) => sum + size, 0);
  const info = {
    'Source-Organization': source,
    'External-Description': title,
    'External-Identifier': identifier,
    'Bagging-Date': modifiedAt.toISOString().slice(0, 10),
    'Payload-Oxum': `${bytes}.${payload.length}`,
  };
  const tags = [
    written('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    written('bag-info.txt', tagLines(info)),
    written('manifest-sha256.txt', manifestOf(payload, name)),
  ];
  return [...tags, written('tagmanifest-sha256.txt', manifestOf(tags, name)), ...payload];
}

const asJson = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** What an import reads: the description in the words of the API, and where it comes from. */
function descriptionOf({ id, kind, version, content, modifiedAt }: Work) {
  const { title, summary, level, majors, courses, jobs, certificates, tags, materialType } = content;
  const { language, licence, creators, courseware, textbook, xr, files } = content;
  return {
    resource: id,
    version,
    modifiedAt: modifiedAt.toISOString(),
    description: {
      ...{ kind, title, summary, level, majors, courses, jobs, certificates, tags, materialType },
      ...{ language, licence, creators, courseware, textbook, xr },
    },
    files: files.map(({ path, mediaType, ...file }) => ({ path, mediaType, ...saidOf(file) })),
  };
}

/** Section 2.2.2: a label, a colon and text on one line. */
const tagLines = (tags: Record<string, string>) =>
  Object.entries(tags)
    .map(([label, text]) => `${label}: ${text.replace(/\s+/g, ' ')}\n`)
    .join('');

/** Section 2.1.3: a checksum and a path a line. */
const manifestOf = (parts: readonly ZipPart[], name: string) =>
  parts.map((part) => `${sha256Of(part)}  ${encodedPath(part.path.slice(name.length + 1))}\n`).join('');

const sha256Of = (part: ZipPart) =>
  'sha256' in part ? part.sha256 : createHash('sha256').update(part.bytes).digest('hex');

/** Line breaks would end the entry; a percent sign must not be taken for the beginning of a code. */
const encodedPath = (path: string) => path.replace(/[%\r\n]/g, (sign) => encodeURIComponent(sign));

/** A path in a manifest as it stands in the bag. */
export const decodedPath = (path: string): string =>
  path.replace(/%(25|0D|0A)/gi, (code) => decodeURIComponent(code));
