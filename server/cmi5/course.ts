import type { z } from 'zod';
import { isVisitor, type Member } from '../access/index.ts';
import { type Archive, entryBytes, openArchive } from '../archives/index.ts';
import { type CourseTitles, standingOf } from '../attempts/index.ts';
import { blobGone, blobsOf } from '../blobs/index.ts';
import type { Language } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import { type FilePlace, fileFor } from '../resources/index.ts';
import type { Cmi5Course } from './contract.ts';
import { noCourse } from './problems.ts';
import { currentRegistration } from './registration.ts';
import { cmiOf, type Standing, satisfiedIn } from './satisfaction.ts';
import {
  type Block,
  type Course,
  readCourse,
  type Unit,
  UnreadableCourse,
  unitsOf,
  wordsIn,
} from './structure.ts';

/** A package with its course. */
export interface Packed {
  /** SHA-256 of the zip */
  sha256: string;
  archive: Archive;
  course: Course;
}

const largest = 5 * 1024 * 1024;
/** Courses that were read lately; what SHA-256 names never changes. */
const known = new Map<string, Promise<Packed>>();
const mostKnown = 50;

/** The course of a package that the member may read. @throws notFound, forbidden, noSuchFile, noCourse, archive problems */
export async function packedFor(platform: Platform, member: Member, place: FilePlace): Promise<Packed> {
  const { file } = await fileFor(member, place);
  return packedOf(platform, file.sha256, place.path.split('/').at(-1));
}

/** The course of a stored package. @throws blobGone, noCourse, archive problems */
export function packedOf(platform: Platform, sha256: string, name?: string): Promise<Packed> {
  const before = known.get(sha256);
  known.delete(sha256);
  const reading = before ?? read(platform, sha256, name);
  known.set(sha256, reading);
  reading.catch(() => known.delete(sha256));
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(oldest);
  }
  return reading;
}

async function read(platform: Platform, sha256: string, name?: string): Promise<Packed> {
  const blob = (await blobsOf([sha256])).get(sha256);
  if (!blob) throw blobGone({ sha256 });
  const archive = await openArchive(platform, blob, name);
  const entry = archive.entries.get('cmi5.xml');
  if (!entry) throw noCourse({ reason: '14.1: cmi5.xml is missing' });
  if (entry.size > largest) throw noCourse({ reason: '14.0: cmi5.xml is too large' });
  const bytes = Buffer.concat(await (await entryBytes(platform, archive, entry).open()).toArray());
  try {
    return { sha256, archive, course: readCourse(bytes.toString('utf8')) };
  } catch (error) {
    if (error instanceof UnreadableCourse) throw noCourse({ reason: error.message });
    throw error;
  }
}

/** How a course calls its units. @throws blobGone, noCourse, archive problems */
export const unitTitles: CourseTitles = async (platform, sha256, language) => {
  const { course } = await packedOf(platform, sha256);
  return new Map(unitsOf(course).map(({ id, title }) => [id, wordsIn(title, language)]));
};

/** Where in the package a unit begins, and its own parameters; undefined when it lies on another site or is missing. */
export function placeOf({ url }: Pick<Unit, 'url'>, { entries }: Archive) {
  const { protocol, host, pathname, searchParams, hash } = new URL(url, 'http://package.invalid/');
  if (protocol !== 'http:' || host !== 'package.invalid') return undefined;
  const path = decoded(pathname.slice(1))?.normalize('NFC');
  return path !== undefined && entries.has(path) ? { path, parameters: searchParams, hash } : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The course as the member sees it. @throws notFound, forbidden, noSuchFile, noCourse, archive problems */
export async function courseFor(
  platform: Platform,
  member: Member,
  place: FilePlace,
  language: Language,
): Promise<z.input<typeof Cmi5Course>> {
  const packed = await packedFor(platform, member, place);
  const registration = isVisitor(member)
    ? null
    : await currentRegistration(member.id, place.id, packed.sha256);
  return presentCourse(packed, registration?.standings ?? [], registration !== null, language);
}

function presentCourse(
  { course, archive }: Packed,
  standings: readonly Standing[],
  isBegun: boolean,
  language: Language,
): z.input<typeof Cmi5Course> {
  const satisfied = satisfiedIn(course, standings);
  const byUnit = new Map(standings.map((standing) => [standing.unit, standing]));
  const named = ({ id, title, description }: Unit | Block | Course) => ({
    id,
    title: wordsIn(title, language),
    description: wordsIn(description, language),
    isSatisfied: satisfied.has(id),
  });
  const unitFacts = (unit: Unit) => {
    const standing = byUnit.get(unit.id);
    return {
      ...(standing ? standingOf(cmiOf(standing)) : { progress: 'not-started' as const, score: null }),
      masteryScore: unit.masteryScore === undefined ? null : Math.round(unit.masteryScore * 100),
      needsWindow: unit.launchMethod === 'OwnWindow',
      isHere: placeOf(unit, archive) !== undefined,
    };
  };
  const parts = (children: Course['children'], depth: number): z.input<typeof Cmi5Course>['parts'] =>
    children.flatMap((child) =>
      child.kind === 'au'
        ? [{ kind: 'unit', depth, ...named(child), unit: unitFacts(child) }]
        : [{ kind: 'block', depth, ...named(child) }, ...parts(child.children, depth + 1)],
    );
  return { ...named(course), isBegun, parts: parts(course.children, 0) };
}
