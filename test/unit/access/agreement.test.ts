import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import mongoose, { Schema, Types } from 'mongoose';
import {
  type Audience,
  audienceKeysOf,
  can,
  filterFor,
  isForAllOf,
  keysForAudience,
  type Member,
  type Role,
  scopes,
  visitor,
} from '../../../server/access/index.ts';
import { type Action, actions } from '../../../server/access/table.ts';
import { openDocuments } from '../embedded-documents.ts';

/** A resource as far as access looks at it. */
const ThingModel = mongoose.model(
  'AccessThing',
  new Schema({
    owner: String,
    editors: [String],
    organisation: String,
    state: String,
    scope: String,
    audienceKeys: [String],
    items: [{}],
  }),
);

const organisations = ['organisation-1', 'organisation-2', 'organisation-3'];
const people = ['person-1', 'person-2', 'person-3', 'person-4'];
const roles = ['teacher', 'author', 'reviewer', 'organisation-admin', 'curator', 'group-admin'] as const;

const anyMember: fc.Arbitrary<Member> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(visitor) },
  {
    weight: 8,
    arbitrary: fc.record({
      id: fc.constantFrom(...people),
      name: fc.constant('王老师'),
      organisation: fc.constantFrom(...organisations),
      roles: fc.uniqueArray(fc.constantFrom<Role>(...roles), { minLength: 1, maxLength: 3 }),
    }),
  },
);

const anyAudience: fc.Arbitrary<Audience> = fc.record({
  scope: fc.constantFrom(...scopes),
  organisations: fc.subarray(organisations, { minLength: 1 }),
});

const anyThing = fc
  .record({
    owner: fc.constantFrom(...people),
    editors: fc.subarray(people, { maxLength: 2 }),
    organisation: fc.constantFrom(...organisations),
    state: fc.constantFrom('draft', 'submitted', 'published', 'withdrawn'),
    audience: anyAudience,
    wasPublished: fc.boolean(),
    items: fc.array(fc.record({ resource: fc.constant('resource-1') }), { maxLength: 2 }),
  })
  .map(({ audience, wasPublished, ...thing }) => ({
    ...thing,
    scope: audience.scope,
    audience,
    audienceKeys:
      wasPublished || thing.state === 'published'
        ? keysForAudience(audience, { id: thing.owner, organisation: thing.organisation })
        : [],
  }));

const asked = [...actions.map((action) => ['resource', action] as const), ['collection', 'read'] as const];

describe('one rule in three forms', () => {
  openDocuments();

  test('the database filter finds exactly what the rule allows, for every action', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyMember, { minLength: 5, maxLength: 5 }),
        fc.array(anyThing, { minLength: 20, maxLength: 20 }),
        async (members, given) => {
          const things = given.map((thing) => ({ ...thing, _id: new Types.ObjectId() }));
          await ThingModel.insertMany(things);
          const ids = { _id: { $in: things.map(({ _id }) => _id) } };
          for (const member of members) {
            for (const [subject, action] of asked) {
              const filter = filterFor(member, action satisfies Action, subject);
              const found = await ThingModel.find({ $and: [ids, filter] }, { _id: 1 }).lean();
              const allowed = things.filter((thing) => can(member, action, subject, thing));
              expect(found.map(({ _id }) => String(_id)).sort()).toEqual(
                allowed.map(({ _id }) => String(_id)).sort(),
              );
            }
          }
        },
      ),
      { numRuns: 8 },
    ));

  test('the audience keys, which the search compares, give what the rule gives for somebody with no other right', () =>
    fc.assert(
      fc.property(anyMember, anyThing, (member, thing) => {
        const published = {
          ...thing,
          state: 'published',
          audienceKeys: keysForAudience(thing.audience, {
            id: thing.owner,
            organisation: thing.organisation,
          }),
        };
        const keys = audienceKeysOf(member);
        const byKeys = published.audienceKeys.some((key) => keys.includes(key));
        const isEditor = published.editors.includes(member.id);
        expect(can(member, 'read', 'resource', published)).toBe(byKeys || isEditor);
      }),
      { numRuns: 2000 },
    ));

  test('what is for all of an audience is what each of its readers may read', () =>
    fc.assert(
      fc.property(anyAudience, anyAudience, (wide, narrow) => {
        const owner = { id: 'person-1', organisation: 'organisation-1' };
        const [keys, others] = [keysForAudience(narrow, owner), keysForAudience(wide, owner)];
        const outsider = { ...visitor, id: 'person-9', roles: ['teacher' as const] };
        const readers = [
          visitor,
          ...[...organisations, 'organisation-4'].map((organisation) => ({ ...outsider, organisation })),
        ];
        const reads = (member: Member, of: string[]) =>
          audienceKeysOf(member).some((key) => of.includes(key));
        const all = readers.filter((member) => reads(member, keys)).every((member) => reads(member, others));
        expect(isForAllOf(keys, others)).toBe(all);
      }),
      { numRuns: 2000 },
    ));

  test('an audience is what its name says', () =>
    fc.assert(
      fc.property(anyMember, anyThing, (member, { audience, owner, organisation }) => {
        const runsIt =
          member.roles.includes('group-admin') ||
          (member.roles.includes('organisation-admin') && member.organisation === organisation);
        const isIn = {
          self: false,
          organisation: member.organisation === organisation,
          organisations:
            member.organisation === organisation ||
            (audience.organisations ?? []).includes(member.organisation),
          group: member.id !== '',
          public: true,
        }[audience.scope];
        const keys = keysForAudience(audience, { id: owner, organisation });
        expect(audienceKeysOf(member).some((key) => keys.includes(key))).toBe(
          isIn || runsIt || member.id === owner,
        );
      }),
      { numRuns: 2000 },
    ));
});
