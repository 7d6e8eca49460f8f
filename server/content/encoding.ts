import { isVisitor, type Member } from '../access/index.ts';
import {
  askForEncoding,
  type Derivative,
  derivativesOf,
  encodingOf,
  hasAsked,
  stopEncoding,
} from '../derive/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, factsFor, fileFor, isAllowed } from '../resources/index.ts';
import { notEncodable, notEncoding } from './problems.ts';

/** Asks for a copy of a film that browsers play; it is enough that somebody has. @throws notFound, forbidden, noDraft, withdrawn, noSuchFile, notEncodable */
export async function ask(platform: Platform, member: Member, place: FilePlace): Promise<void> {
  const { file, encoding } = await filmFor(member, place);
  if (encoding === undefined) throw notEncodable({});
  if (encoding === 'possible') await askForEncoding(platform, member, file);
}

/**
 * Stops what the member has asked for, or what is made of a resource that they may edit.
 * @throws notFound, forbidden, noDraft, withdrawn, noSuchFile, notEncoding
 */
export async function stop(platform: Platform, member: Member, place: FilePlace): Promise<void> {
  const { file, made, encoding } = await filmFor(member, place);
  if (encoding !== 'waiting') throw notEncoding({});
  if (!hasAsked(member, made)) await factsFor(member, 'edit', place.id);
  await stopEncoding(platform, file.sha256);
}

async function filmFor(member: Member, place: FilePlace) {
  const { file } = await fileFor(member, place);
  const made = (await derivativesOf([file.sha256])).get(file.sha256) ?? [];
  return { file, made, encoding: encodingOf(made) };
}

/** What the member may do about the encoding of files of a resource, of which this has been made. */
export async function encodersFor(
  member: Member,
  id: string,
  all: ReadonlyMap<string, readonly Derivative[]>,
) {
  const isUnderWay = [...all.values()].some((made) => encodingOf(made) === 'waiting');
  const edits = isUnderWay && (await isAllowed(member, 'edit', id));
  return (made: readonly Derivative[]): ('encode' | 'stop-encoding')[] => {
    const encoding = isVisitor(member) ? undefined : encodingOf(made);
    if (encoding === 'possible') return ['encode'];
    return encoding === 'waiting' && (edits || hasAsked(member, made)) ? ['stop-encoding'] : [];
  };
}
