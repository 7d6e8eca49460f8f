import { Parser } from 'htmlparser2';

/** When a unit counts as done (cmi5, section 13.1.4, moveOn). */
export const moveOns = [
  'NotApplicable',
  'Passed',
  'Completed',
  'CompletedAndPassed',
  'CompletedOrPassed',
] as const;
export type MoveOn = (typeof moveOns)[number];

/** The same words in several languages, in the order of the course; `lang` is empty when none is named. */
export type Words = readonly { readonly lang: string; readonly text: string }[];

interface Named {
  /** the publisher's identifier, an IRI */
  readonly id: string;
  readonly title: Words;
  readonly description: Words;
}

/** An assignable unit: what is launched and tracked. */
export interface Unit extends Named {
  readonly kind: 'au';
  /** relative to the root of the package, or of another site */
  readonly url: string;
  readonly moveOn: MoveOn;
  /** a share between 0 and 1 */
  readonly masteryScore?: number;
  readonly launchMethod: 'AnyWindow' | 'OwnWindow';
  readonly launchParameters?: string;
  readonly entitlementKey?: string;
  readonly activityType?: string;
}

export interface Block extends Named {
  readonly kind: 'block';
  readonly children: readonly (Unit | Block)[];
}

export interface Course extends Named {
  readonly children: readonly (Unit | Block)[];
}

/** Says what is wrong with a course structure, in the words of the standard's section. */
export class UnreadableCourse extends Error {
  override readonly name = 'UnreadableCourse';
}

/** An element of the course structure's own namespace; those of vendors (section 13.1.5) are passed over. */
interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const namespace = 'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd';
const mostElements = 100_000;
const deepest = 40;

/**
 * Reads a course structure, `cmi5.xml` (cmi5 Quartz, sections 13.1 and 14.0), and holds it to what the rest relies on.
 * @throws UnreadableCourse
 */
export function readCourse(xml: string): Course {
  const root = elementsOf(xml);
  const head = root.children.find(({ name }) => name === 'course');
  if (!head) throw new UnreadableCourse('13.1.1: course is missing');
  const course = { ...named(head), children: childrenOf(root) };
  assertUnique(idsOf(course));
  const objectives = root.children.find(({ name }) => name === 'objectives')?.children ?? [];
  assertUnique(objectives.map(({ attributes }) => iri(attributes.id, 'objective')));
  return course;
}

function elementsOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: (Element | undefined)[] = [root];
  let count = 0;
  let prefix: string | undefined;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (++count > mostElements || open.length > deepest)
          throw new UnreadableCourse('14.0: it has too many elements');
        const cut = tag.indexOf(':') + 1;
        prefix ??= tag.slice(0, cut);
        const parent = open.at(-1);
        const isOurs = tag.startsWith(prefix) && !tag.slice(prefix.length).includes(':');
        const element = { name: tag.slice(cut), attributes, children: [], text: '' };
        if (isOurs) parent?.children.push(element);
        open.push(isOurs && parent ? element : undefined);
      },
      ontext(text) {
        const at = open.at(-1);
        if (at) at.text += text;
      },
      onclosetag() {
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml.replace(/^\uFEFF/, ''));
  const [structure] = root.children;
  const declared = structure?.attributes[prefix ? `xmlns:${prefix.slice(0, -1)}` : 'xmlns'];
  if (structure?.name !== 'courseStructure' || declared !== namespace)
    throw new UnreadableCourse('14.0: it is no course structure of cmi5');
  return structure;
}

function childrenOf({ children }: Element): (Unit | Block)[] {
  const found = children.flatMap((child): (Unit | Block)[] => {
    if (child.name === 'au') return [unitOf(child)];
    return child.name === 'block' ? [{ kind: 'block', ...named(child), children: childrenOf(child) }] : [];
  });
  if (found.length === 0) throw new UnreadableCourse('13.1: a course or block holds no unit');
  return found;
}

function unitOf(element: Element): Unit {
  const { attributes } = element;
  const moveOn = oneOf(moveOns, attributes.moveOn, 'NotApplicable', 'moveOn');
  const launchMethod = oneOf(
    ['AnyWindow', 'OwnWindow'],
    attributes.launchMethod,
    'AnyWindow',
    'launchMethod',
  );
  const [launchParameters, entitlementKey] = ['launchParameters', 'entitlementKey'].map((name) =>
    textOf(element, name),
  );
  const { masteryScore, activityType } = attributes;
  return {
    kind: 'au',
    ...named(element),
    url: address(textOf(element, 'url')),
    moveOn,
    launchMethod,
    ...(masteryScore !== undefined && { masteryScore: share(masteryScore) }),
    ...(launchParameters !== undefined && { launchParameters }),
    ...(entitlementKey !== undefined && { entitlementKey }),
    ...(activityType !== undefined && { activityType: activityType.trim() }),
  };
}

function named(element: Element): Named {
  return {
    id: iri(element.attributes.id, element.name),
    title: wordsOf(element, 'title'),
    description: wordsOf(element, 'description'),
  };
}

function wordsOf({ name, children }: Element, wanted: string): Words {
  const words = (children.find((child) => child.name === wanted)?.children ?? [])
    .filter((child) => child.name === 'langstring')
    .map(({ attributes, text }) => ({ lang: attributes.lang?.trim() ?? '', text: text.trim() }));
  if (words.length === 0) throw new UnreadableCourse(`13.1: ${name} has no ${wanted}`);
  return words;
}

const textOf = ({ children }: Element, wanted: string): string | undefined =>
  children.find(({ name }) => name === wanted)?.text.trim();

/** An absolute IRI (RFC 3987): fragments and relative ones identify nothing (section 3.0). */
function iri(given: string | undefined, name: string): string {
  const id = given?.trim() ?? '';
  if (!/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(id))
    throw new UnreadableCourse(`13.1: the id of ${name} is no IRI`);
  return id;
}

const ofLaunch = ['endpoint', 'fetch', 'actor', 'registration', 'activityId'];

/** Of the package or of another site; its own parameters must not be those of the launch (section 8.1). */
function address(given: string | undefined): string {
  const url = given ?? '';
  const isShaped = url !== '' && !/[\s<>"{}|\\^`]/.test(url) && URL.canParse(url, 'http://package/');
  if (!isShaped) throw new UnreadableCourse('13.1.4: the url of a unit is none');
  const { searchParams } = new URL(url, 'http://package/');
  if (ofLaunch.some((name) => searchParams.has(name)))
    throw new UnreadableCourse('8.1: the url of a unit has a parameter that belongs to the launch');
  return url;
}

function share(text: string): number {
  const value = Number(text.trim() || Number.NaN);
  if (!(value >= 0 && value <= 1)) throw new UnreadableCourse('13.1.4: masteryScore is not between 0 and 1');
  return value;
}

function oneOf<Word extends string>(
  words: readonly Word[],
  given: string | undefined,
  standard: Word,
  name: string,
): Word {
  const found = given === undefined ? standard : words.find((word) => word === given.trim());
  if (found === undefined) throw new UnreadableCourse(`13.1.4: ${name} has an unknown value`);
  return found;
}

function idsOf({ children }: Pick<Course, 'children'>): string[] {
  return children.flatMap((child) => [child.id, ...(child.kind === 'block' ? idsOf(child) : [])]);
}

/** Sections 13.1.2 to 13.1.4: identifiers are unique within the course structure. */
function assertUnique(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new UnreadableCourse(`13.1: ${id} stands in it twice`);
    seen.add(id);
  }
}

/** Words in the language that is asked for, as near as the course has them; otherwise its first. */
export function wordsIn(words: Words, language: string): string {
  const near = (a: string, b: string) => a.toLowerCase().split('-')[0] === b.toLowerCase().split('-')[0];
  const found =
    words.find(({ lang }) => lang.toLowerCase() === language.toLowerCase()) ??
    words.find(({ lang }) => near(lang, language)) ??
    words[0];
  return found?.text ?? '';
}

/** Every unit, in the order of the course. */
export function unitsOf({ children }: Pick<Course, 'children'>): Unit[] {
  return children.flatMap((child) => (child.kind === 'au' ? [child] : unitsOf(child)));
}
