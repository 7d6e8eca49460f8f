import {
  type Audience,
  keysForAudience,
  type Member,
  type Role,
  visitor,
} from '../../server/access/index.ts';
import type { Subject } from '../../server/access/table.ts';
import { collectionEndpoints, shelfEndpoints } from '../../server/collections/contract.ts';
import {
  publishResource,
  shareResource,
  startDraft,
  updateResource,
  withdrawResource,
} from '../../server/resources/contract.ts';
import { listTerms } from '../../server/vocabularies/contract.ts';
import { draftOf, publishedBy, submittedBy, upload } from './build-resource.ts';
import type { Caller } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** Somebody of every kind, and a thing in every state: what the access test walks through. */

export interface Person {
  says: string;
  member: Member;
  caller: Caller;
}

export interface Thing {
  says: string;
  /** What fills the parameters of its addresses. */
  params: Record<string, string>;
  /** What the table of access looks at. */
  facts: Record<string, unknown>;
}

/** A word that stands in one thing alone: whoever reads it has read the thing. */
export interface Mark {
  /** The thing that it stands in. */
  id: string;
  subject: Subject;
  action: 'read' | 'preview';
  facts: Record<string, unknown>;
}

export interface World {
  group: RunningGroup;
  people: Person[];
  /** Things by the beginning of their addresses. */
  things: Record<string, Thing[]>;
  marks: ReadonlyMap<string, Mark>;
  /** A resource that everybody may read, for bodies that name one. */
  readable: string;
  /** Who may read everything, to compare before and after. */
  owner: Caller;
}

/** Common to all titles, so that searches find every thing. */
export const COMMON = '车削';

const roles = ['teacher', 'author', 'reviewer', 'organisation-admin', 'curator', 'group-admin'] as const;
const isGroupRole = (role: (typeof roles)[number]): role is 'curator' | 'group-admin' =>
  role === 'curator' || role === 'group-admin';

export async function buildWorld(): Promise<World> {
  const group = await startGroup();
  const [own, other, third] = await Promise.all([
    group.organisation(),
    group.organisation(),
    group.organisation(),
  ]);
  const person = async (organisation: string, role: (typeof roles)[number], where: string) => {
    const caller = await group.member(
      isGroupRole(role) ? { organisation, groupRoles: [role] } : { organisation, roles: [role] },
    );
    return { says: `${role} of the ${where} organisation`, member: asMember(caller, role), caller };
  };
  const owner = await person(own.id, 'author', 'own');
  owner.says = 'owner';
  const people: (Person & { caller: SignedIn })[] = [owner];
  people.push(
    ...(await Promise.all(
      roles.flatMap((role) => [person(own.id, role, 'own'), person(other.id, role, 'other')]),
    )),
  );
  const find = (says: string) => {
    const found = people.find((one) => one.says === says);
    if (!found) throw new Error(`Nobody is ${says}`);
    return found.caller;
  };
  const decider = find('organisation-admin of the own organisation');
  const guest = find('teacher of the other organisation');
  const audiences: Record<string, Audience> = {
    self: { scope: 'self' },
    organisation: { scope: 'organisation' },
    'named organisation': { scope: 'organisations', organisations: [other.id] },
    'third organisation': { scope: 'organisations', organisations: [third.id] },
    group: { scope: 'group' },
    public: { scope: 'public' },
  };

  const marks = new Map<string, Mark>();
  const resources: Thing[] = [];
  const titled = (word: string) => ({ title: `${COMMON} ${word}` });
  const resourceFacts = (state: string, draft: Audience, published?: Audience, editors: string[] = []) => ({
    owner: owner.caller.id,
    editors,
    organisation: own.id,
    state,
    scope: draft.scope,
    audienceKeys: published ? keysForAudience(published, { id: owner.caller.id, organisation: own.id }) : [],
  });
  const addResource = (
    says: string,
    id: string,
    facts: Record<string, unknown>,
    words: Record<string, 'read' | 'preview'>,
  ) => {
    resources.push({ says, params: { id }, facts });
    for (const [word, action] of Object.entries(words))
      marks.set(word, { id, subject: 'resource', action, facts });
  };
  const by = owner.caller;

  const draft = await draftOf(by, titled('marker00'));
  addResource('a draft', draft.id, resourceFacts('draft', audiences.group as Audience), {
    marker00: 'preview',
  });

  const shared = await draftOf(by, titled('marker01'));
  must(await by.call(shareResource, { params: { id: shared.id }, body: { editors: [guest.id] } }));
  addResource(
    'a shared draft',
    shared.id,
    resourceFacts('draft', audiences.group as Audience, undefined, [guest.id]),
    { marker01: 'preview' },
  );

  const submitted = await submittedBy(by, titled('marker02'));
  addResource('a submitted draft', submitted.id, resourceFacts('submitted', audiences.group as Audience), {
    marker02: 'preview',
  });

  let count = 10;
  for (const [says, audience] of Object.entries(audiences)) {
    const word = `marker${count++}`;
    const made =
      says === 'self'
        ? await publishedAlone(by, { ...titled(word), audience })
        : await publishedBy(by, decider, { ...titled(word), audience });
    addResource(`published for ${says}`, made.id, resourceFacts('published', audience, audience), {
      [word]: 'read',
    });
  }
  const readable = resources.at(-1)?.params.id ?? '';

  const next = await publishedBy(by, decider, titled('marker20'));
  must(await by.call(startDraft, { params: { id: next.id }, body: {} }));
  must(await by.call(updateResource, { params: { id: next.id }, body: titled('marker21') }));
  const group_ = audiences.group as Audience;
  addResource('published with a next draft', next.id, resourceFacts('draft', group_, group_), {
    marker20: 'read',
    marker21: 'preview',
  });

  const gone = await publishedBy(by, decider, { ...titled('marker22'), audience: { scope: 'organisation' } });
  must(await by.call(withdrawResource, { params: { id: gone.id }, body: { reason: '过时' } }));
  addResource(
    'withdrawn',
    gone.id,
    resourceFacts('withdrawn', { scope: 'organisation' }, { scope: 'organisation' }),
    { marker22: 'read' },
  );

  const curator = find('curator of the own organisation');
  const sets = async (
    subject: 'collection' | 'shelf',
    maker: SignedIn,
    endpoints: typeof collectionEndpoints | typeof shelfEndpoints,
  ) => {
    const made: Thing[] = [];
    const wanted = [...Object.entries(audiences), ['everybody, empty', { scope: 'public' }] as const];
    for (const [says, audience] of wanted) {
      const word = `marker${count++ + 20}`;
      const { id } = must(await maker.call(endpoints.create, { body: { ...titled(word), audience } })).body;
      const items = says.endsWith('empty') ? [] : [{ resource: readable }];
      for (const body of items) must(await maker.call(endpoints.addItem, { params: { id }, body }));
      const facts = {
        items,
        owner: maker.id,
        organisation: maker.organisation,
        audienceKeys: keysForAudience(audience, maker),
      };
      made.push({ says: `a ${subject} for ${says}`, params: { id, resource: readable }, facts });
      marks.set(word, { id, subject, action: 'read', facts });
    }
    return made;
  };
  const [term] = must(await by.call(listTerms, { params: { key: 'majors' }, query: { limit: 1 } })).body
    .items;
  const things = {
    '/api/resources/{id}': resources,
    '/api/usage/resources/{id}': resources,
    '/api/collections/{id}': await sets('collection', curator, collectionEndpoints),
    '/api/shelves/{id}': await sets('shelf', by, shelfEndpoints),
    '/api/organisations/{id}': [own, other].map(({ id }, i) => ({
      says: i === 0 ? 'the own organisation' : 'the other organisation',
      params: { id },
      facts: { id },
    })),
    '/api/vocabularies/{key}': [
      { says: 'a vocabulary', params: { key: 'majors', id: term?.id ?? '' }, facts: {} },
    ],
  };
  const nobody: Person = { says: 'visitor', member: visitor, caller: group.visitor };
  return { group, people: [nobody, ...people], things, marks, readable, owner: by };
}

/** A resource that its author publishes for themselves, which needs nobody else. */
async function publishedAlone(by: Caller, description: Parameters<typeof draftOf>[1]) {
  const made = await draftOf(by, description);
  await upload(by, made.id);
  must(await by.call(publishResource, { params: { id: made.id }, body: {} }));
  return made;
}

function asMember({ id, organisation }: SignedIn, role: (typeof roles)[number]): Member {
  const held: Role[] = isGroupRole(role) ? ['teacher', role] : [role];
  return { id, name: '王老师', organisation, roles: held };
}
