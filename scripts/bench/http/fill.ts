import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from 'better-auth/crypto';
import mongoose, { Types } from 'mongoose';
import { openLog } from '../../../server/http/index.ts';
import { OrganisationModel } from '../../../server/members/organisations/model.ts';
import { described } from '../../../server/members/organisations/service.ts';
import { insertPeople } from '../../../server/members/people/add.ts';
import { prepareDatabase } from '../../../server/migrations/index.ts';
import { readTradeTerms } from '../../../server/search/analysis/dictionary.ts';
import { Analysis } from '../../../server/search/analysis/index.ts';
import { type Findable, toDocument } from '../../../server/search/document.ts';
import { indexSettings } from '../../../server/search/index-settings.ts';
import { connectDocuments } from '../../../storage/documents/connect.ts';
import { openEmbedded } from '../../../storage/search/embedded.ts';
import { resources } from '../search-corpus.ts';

const perBatch = 500;

/** Who asks: a teacher, for whom the rules of access have something to decide. */
export const account = { email: 'teacher@example.org', password: 'measure twice, cut once' };

const noteOf = (dataDir: string) => join(dataDir, 'filled.txt');

/** What a filled folder says: how many resources, and for which analysis of texts. */
const noteFor = (count: number) => `${count} ${indexSettings(readTradeTerms()).version}`;

/** Whether the folder was filled like this before. One that was filled otherwise is emptied. */
export function isFilled(dataDir: string, count: number): boolean {
  const note = noteOf(dataDir);
  if (!existsSync(note)) return false;
  if (readFileSync(note, 'utf8') === noteFor(count)) return true;
  rmSync(dataDir, { recursive: true });
  return false;
}

/** Puts published resources straight into the stores of a folder that no server has open. */
export async function fill(dataDir: string, count: number, say: (line: string) => void): Promise<void> {
  const documents = await connectDocuments({ url: undefined, dataDir: join(dataDir, 'documents') });
  await prepareDatabase(mongoose.connection, openLog({ LOG_LEVEL: 'silent' }));
  const engine = await openEmbedded(join(dataDir, 'search'));
  const settings = indexSettings(readTradeTerms());
  const index = await engine.open(settings);
  await engine.promote(settings.version);
  const analysis = new Analysis();
  const stored = mongoose.connection.collection('resources');
  let batch: Findable[] = [];
  let filled = 0;
  const organisations = new Set<string>();
  for (const found of resources(count, 1)) {
    batch.push(found);
    organisations.add(found.facets.organisation?.[0] ?? '');
    filled += 1;
    if (batch.length < perBatch && filled < count) continue;
    await stored.insertMany(batch.map(asStored));
    await index.apply({ put: batch.map((each) => toDocument(analysis, each)) });
    batch = [];
    if (filled % 10_000 === 0) say(`  ${filled} resources`);
  }
  await addMembers([...organisations]);
  await engine.close();
  await documents.close();
  writeFileSync(noteOf(dataDir), noteFor(count));
}

async function addMembers(ids: readonly string[]): Promise<void> {
  await OrganisationModel.insertMany(
    ids.map((id, n) => ({
      _id: id,
      ...described({ name: `成员单位 ${n + 1}`, kind: 'college', shortName: '', region: '' }),
    })),
  );
  const teacher = { name: '王老师', email: account.email, roles: ['teacher' as const] };
  await insertPeople(new Types.ObjectId(ids[0]), [teacher], [await hashPassword(account.password)]);
}

/** A resource as the resources room stores it. */
function asStored({ id, title, summary, audience, facets, numbers }: Findable) {
  const organisation = facets.organisation?.[0] ?? '';
  const at = new Date(numbers.publishedAt ?? 0);
  const person = { id: organisation, name: '王老师' };
  const scope = ['public', 'group'].find((one) => audience.includes(one)) ?? 'organisation';
  return {
    _id: new Types.ObjectId(id),
    kind: facets.kind?.[0],
    organisation,
    owner: organisation,
    editors: [],
    makers: [organisation],
    scope,
    state: 'published',
    draft: null,
    submitted: null,
    returned: null,
    published: {
      title,
      summary,
      level: 'module',
      majors: facets.major?.slice(0, 1) ?? [],
      courses: [],
      jobs: [],
      certificates: [],
      tags: [],
      materialType: facets.materialType?.[0] ?? null,
      language: 'zh-CN',
      licence: 'group-only',
      creators: [person.name],
      audience: { scope },
      files: [
        {
          path: `${title}.pdf`,
          size: 1_000_000,
          mediaType: 'application/pdf',
          sha256: id.padEnd(64, '0'),
          crc32: 0,
        },
      ],
      fileCount: 1,
      bytes: 1_000_000,
      cover: null,
      number: 1,
      publishedAt: at,
      publisher: person,
      note: '',
    },
    withdrawn: null,
    audienceKeys: audience,
    revision: 1,
    staleSince: null,
    indexedRevision: 1,
    lastChange: {
      _id: new Types.ObjectId(),
      resource: id,
      revision: 1,
      at,
      by: person,
      what: 'published',
      changes: [],
    },
    createdAt: at,
    updatedAt: at,
  };
}
