import { portableName } from '../http/index.ts';
import { foldPath } from '../resources/contract.ts';
import type { Content } from '../resources/index.ts';
import { licenceTexts } from './licences.ts';
import type { Work } from './works.ts';
import { writtenPart, type ZipPart } from './zip.ts';

/**
 * All files of a version: they stand in `files/`; beside them lie manifest.json, licence.txt, and checksums for
 * `sha256sum -c`.
 */
export function bundleOf(given: Work): ZipPart[] {
  const work = portable(given);
  const { content, modifiedAt } = work;
  return [
    writtenPart('manifest.json', `${JSON.stringify(manifestOf(work), null, 2)}\n`, modifiedAt),
    writtenPart('licence.txt', licenceTexts[content.licence], modifiedAt),
    writtenPart('sha256sums.txt', sumsOf(content, ''), modifiedAt),
    ...filesOf(work, 'files/'),
  ];
}

/** Several resources, each in a folder of its own, with a manifest and checksums of all. */
export function bundleOfSeveral(
  title: string,
  given: readonly (Work & { folder: string })[],
  modifiedAt: Date,
): ZipPart[] {
  const works = given.map(portable);
  const manifest = {
    title,
    resources: works.map((work) => ({ folder: work.folder, ...manifestOf(work) })),
  };
  const sums = works.map(({ content, folder }) => sumsOf(content, `${folder}/`)).join('');
  return [
    writtenPart('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`, modifiedAt),
    writtenPart('sha256sums.txt', sums, modifiedAt),
    ...works.flatMap((work) => [
      writtenPart(`${work.folder}/licence.txt`, licenceTexts[work.content.licence], work.modifiedAt),
      ...filesOf(work, `${work.folder}/files/`),
    ]),
  ];
}

/** With its files under paths that Windows unpacks, too, each still under one of its own. */
function portable<Given extends Work>(work: Given): Given {
  const taken = new Set(work.content.files.map(({ path }) => foldPath(path)));
  const files = work.content.files.map((file) => {
    const wanted = file.path.split('/').map(portableName).join('/');
    if (wanted === file.path) return file;
    let path = wanted;
    while (taken.has(foldPath(path))) path = path.replace(/(\.[^./]*)?$/, '_$1');
    taken.add(foldPath(path));
    return { ...file, path };
  });
  return { ...work, content: { ...work.content, files } };
}

function manifestOf({ id, version, content, modifiedAt }: Work) {
  const { files, title, summary, creators, licence, language } = content;
  return {
    resource: id,
    version,
    title,
    summary,
    creators,
    licence,
    language,
    modifiedAt: modifiedAt.toISOString(),
    files: files.map(({ path, size, mediaType, sha256 }) => ({
      path: `files/${path}`,
      size,
      mediaType,
      sha256,
    })),
  };
}

const sumsOf = ({ files }: Content, folder: string) =>
  files.map(({ sha256, path }) => `${sha256}  ${folder}files/${path}\n`).join('');

/** The files of a work below a folder of a zip. */
export const filesOf = ({ content, modifiedAt }: Work, folder: string): ZipPart[] =>
  content.files.map(({ path, size, crc32, sha256 }) => ({
    path: `${folder}${path}`,
    size,
    crc32,
    modifiedAt,
    sha256,
  }));
