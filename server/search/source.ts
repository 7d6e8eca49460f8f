import { yearOf } from '../calendar.ts';
import { textOf } from '../derive/index.ts';
import { organisationName } from '../members/index.ts';
import type { Indexable } from '../resources/index.ts';
import { standingOf } from '../reviews/index.ts';
import { usesOf } from '../usage/index.ts';
import { termsOf } from '../vocabularies/index.ts';
import { SearchCard } from './contract.ts';
import type { Findable } from './document.ts';
import { wordsOf } from './vocabulary-words.ts';

/** Most passages that are kept of one resource: a long textbook has some thousand pages. */
const mostPassages = 5000;

/** What readers made of resources: uses of any kind, and ratings. */
export interface Reception {
  uses: ReadonlyMap<string, number>;
  standing: ReadonlyMap<string, number>;
}

export async function receptionOf(resources: readonly string[]): Promise<Reception> {
  const [uses, standing] = await Promise.all([usesOf(resources), standingOf(resources)]);
  return { uses, standing };
}

/** Gathers what search knows of a published resource. */
export async function toFindable(resource: Indexable, { uses, standing }: Reception): Promise<Findable> {
  const [major, course, job, certificate, type, organisation, passages] = await Promise.all([
    described('majors', resource.majors),
    described('courses', resource.courses),
    described('jobs', resource.jobs),
    described('certificates', resource.certificates),
    described('material-types', resource.materialType === null ? [] : [resource.materialType]),
    organisationName(resource.organisation),
    textsOf(resource),
  ]);
  const all = [major, course, job, certificate, type];
  const mediaTypes = [...new Set(resource.files.map(({ mediaType }) => mediaType))];
  const bytes = resource.files.reduce((sum, { size }) => sum + size, 0);
  return {
    id: resource.id,
    revision: resource.revision,
    audience: resource.audienceKeys,
    title: resource.title,
    summary: resource.summary,
    terms: [
      ...new Set([
        ...all.flatMap(({ words }) => words),
        ...resource.tags,
        ...trainingWords(resource),
        ...all.flatMap((one) => one.above),
      ]),
    ],
    names: [...new Set([organisation, ...resource.creators])].filter((name) => name !== ''),
    fileNames: resource.files.slice(0, 200).map(({ path }) => path),
    values: {
      major: [...major.words, ...major.above, ...resource.majors],
      course: [...course.words, ...course.above],
      job: job.words,
      certificate: certificate.words,
      type: [...type.words, ...kindWords[resource.kind]],
      organisation: [organisation],
      creator: resource.creators,
      tag: resource.tags,
    },
    facets: {
      kind: [resource.kind],
      level: resource.level === null ? [] : [resource.level],
      major: major.codes,
      course: course.codes,
      organisation: [resource.organisation],
      materialType: type.codes,
      mediaType: [
        ...new Set(mediaTypes.flatMap((mediaType) => [mediaType.split('/')[0] as string, mediaType])),
      ],
      licence: [resource.licence],
      year: [yearOf(resource.publishedAt)],
      language: [resource.language],
      tag: resource.tags,
    },
    numbers: {
      publishedAt: resource.publishedAt.getTime(),
      size: bytes,
      uses: uses.get(resource.id) ?? 0,
      rating: standing.get(resource.id) ?? 0,
    },
    stored: cardOf(resource, mediaTypes, bytes),
    passages,
  };
}

/** The labels and the text of its files, passage by passage, with the place that a preview opens at. */
async function textsOf({ files }: Indexable): Promise<Findable['passages']> {
  const labels = files.flatMap(({ path, annotations = [] }) =>
    annotations.map(({ title, text }) => ({
      text: `${title}\n${text}`.trim(),
      place: { file: path, section: title },
    })),
  );
  const texts = (await textOf(files)).map(({ text, ...place }) => ({ text, place: { ...place } }));
  return [...labels, ...texts].slice(0, mostPassages);
}

/** By what trainers look for a simulation: what it stands for, on which headset, and what is practised in it. */
const trainingWords = ({ xr }: Indexable): string[] =>
  [xr?.simulates ?? '', ...(xr?.headsets ?? []), ...(xr?.tasks ?? []).map(({ title }) => title)].filter(
    (word) => word !== '',
  );

/** How the kinds are called, so that 类型:教材 finds textbooks. */
const kindWords = {
  courseware: ['课件', 'courseware'],
  textbook: ['教材', 'textbook'],
  xr: ['虚拟现实', 'VR', 'AR', 'XR'],
} as const;

/** What the list of hits shows: what leaves the server, and no more. */
function cardOf(resource: Indexable, mediaTypes: readonly string[], bytes: number) {
  return SearchCard.parse({
    ...resource,
    state: 'published',
    updatedAt: resource.publishedAt,
    fileCount: resource.files.length,
    bytes,
    mediaTypes,
  });
}

interface Described {
  /** Codes, with those of all terms above. */
  codes: string[];
  words: string[];
  /** Labels of the terms above. */
  above: string[];
}

async function described(vocabulary: string, codes: readonly string[]): Promise<Described> {
  const terms = await termsOf(vocabulary);
  const found: Described = { codes: [], words: [], above: [] };
  for (const code of codes) {
    found.codes.push(code);
    const term = terms.get(code);
    found.words.push(...(term ? wordsOf(term) : [code]));
    for (let above = term?.parent ?? null; above !== null && !found.codes.includes(above); ) {
      found.codes.push(above);
      const upper = terms.get(above);
      if (upper) found.above.push(upper.labels['zh-CN']);
      above = upper?.parent ?? null;
    }
  }
  return { ...found, codes: [...new Set(found.codes)] };
}
