import { audienceKeysOf } from './audience.ts';
import type { Member, Role } from './member.ts';

/**
 * Who may do what. Read it as a table: this role may do these actions on this kind of thing, when the condition
 * holds. What stands in no row is forbidden. Everything else in this room is made from these rows.
 */

/**
 * In the words of MongoDB, as far as CASL's matcher knows them; it has no `$or`, so an alternative is another row.
 */
export const conditions = {
  always: () => ({}),
  'in its audience': (member) => ({ audienceKeys: { $in: audienceKeysOf(member) } }),
  'in its audience, and not empty': (member) => ({
    audienceKeys: { $in: audienceKeysOf(member) },
    'items.0': { $exists: true },
  }),
  own: (member) => ({ owner: member.id }),
  'shared with me': (member) => ({ editors: member.id }),
  'of my organisation': (member) => ({ organisation: member.organisation }),
  'submitted in my organisation': (member) => ({ organisation: member.organisation, state: 'submitted' }),
  'submitted in my organisation by somebody else': (member) => ({
    organisation: member.organisation,
    state: 'submitted',
    owner: { $ne: member.id },
    editors: { $ne: member.id },
  }),
  'own, for myself alone': (member) => ({ owner: member.id, scope: 'self' }),
  'is me': (member) => ({ id: member.id }),
  'of my organisation, without a group role': (member) => ({
    organisation: member.organisation,
    groupRoles: { $size: 0 },
  }),
  'is my organisation': (member) => ({ id: member.organisation }),
} satisfies Record<string, (member: Member) => Record<string, unknown>>;

export type Condition = keyof typeof conditions;

export const subjects = [
  'resource',
  'collection',
  'shelf',
  'vocabulary',
  'group',
  'organisation',
  'person',
  'invitation',
  'token',
  'usage',
  'job',
] as const;
export type Subject = (typeof subjects)[number];

export const actions = [
  'read', // know of it, and see what is published of it
  'preview', // see the draft
  'create',
  'edit',
  'submit',
  'publish', // take the draft over as a version
  'return', // send a submitted draft back with words
  'withdraw',
  'share', // name those who edit with the owner
  'rate', // stars and a comment
  'assess', // see what members have reached with it
  'import', // many at once
  'report', // see the numbers of an organisation or of the group
  'suspend',
  'name', // learn what somebody is called
  'appoint', // give and take roles in an organisation
  'entrust', // give and take roles in the group
] as const;
export type Action = (typeof actions)[number];

type Row = readonly [role: Role, actions: readonly Action[], subject: Subject, condition: Condition];

const row = (role: Role, does: readonly Action[], subject: Subject, when: Condition): Row => [
  role,
  does,
  subject,
  when,
];

/** Everybody who has signed in, whatever the role. */
const anyMember = ['teacher', 'author', 'reviewer', 'organisation-admin', 'curator', 'group-admin'] as const;
const everybody = ['visitor', ...anyMember] as const;

export const table: readonly Row[] = [
  ...everybody.flatMap((role) => [
    row(role, ['read'], 'resource', 'in its audience'),
    row(role, ['read'], 'collection', 'in its audience, and not empty'),
    row(role, ['read'], 'shelf', 'in its audience'),
    row(role, ['read'], 'vocabulary', 'always'),
    row(role, ['read'], 'organisation', 'always'),
  ]),
  ...anyMember.flatMap((role) => [
    row(role, ['rate'], 'resource', 'in its audience'),
    row(role, ['read', 'preview', 'edit', 'submit', 'withdraw', 'share', 'assess'], 'resource', 'own'),
    row(role, ['read', 'preview', 'edit', 'submit', 'assess'], 'resource', 'shared with me'),
    row(role, ['publish'], 'resource', 'own, for myself alone'),
    row(role, ['create'], 'shelf', 'always'),
    row(role, ['read', 'edit'], 'shelf', 'own'),
    row(role, ['read'], 'usage', 'own'),
    row(role, ['name'], 'person', 'always'),
    row(role, ['read', 'edit'], 'person', 'is me'),
    row(role, ['create'], 'token', 'always'),
    row(role, ['read', 'edit'], 'token', 'own'),
  ]),
  row('author', ['create', 'import'], 'resource', 'always'),

  row('reviewer', ['read', 'preview'], 'resource', 'submitted in my organisation'),
  row('reviewer', ['publish', 'return'], 'resource', 'submitted in my organisation by somebody else'),

  row('organisation-admin', ['create', 'import'], 'resource', 'always'),
  row(
    'organisation-admin',
    ['read', 'preview', 'edit', 'submit', 'withdraw', 'share', 'assess'],
    'resource',
    'of my organisation',
  ),
  row('organisation-admin', ['publish', 'return'], 'resource', 'submitted in my organisation'),
  row('organisation-admin', ['edit'], 'organisation', 'is my organisation'),
  row('organisation-admin', ['read', 'import'], 'person', 'of my organisation'),
  row('organisation-admin', ['appoint', 'suspend'], 'person', 'of my organisation, without a group role'),
  row('organisation-admin', ['create', 'read', 'edit'], 'invitation', 'of my organisation'),
  row('organisation-admin', ['read', 'report'], 'usage', 'of my organisation'),

  row('curator', ['create', 'read', 'edit'], 'collection', 'always'),
  row('curator', ['create', 'edit', 'import'], 'vocabulary', 'always'),
  row('curator', ['read', 'report'], 'usage', 'always'),

  row('group-admin', ['create', 'import'], 'resource', 'always'),
  row(
    'group-admin',
    ['read', 'preview', 'edit', 'submit', 'publish', 'return', 'withdraw', 'share', 'assess'],
    'resource',
    'always',
  ),
  row('group-admin', ['create', 'read', 'edit'], 'collection', 'always'),
  row('group-admin', ['create', 'edit', 'import'], 'vocabulary', 'always'),
  row('group-admin', ['edit'], 'group', 'always'),
  row('group-admin', ['create', 'edit', 'suspend'], 'organisation', 'always'),
  row('group-admin', ['read', 'import', 'appoint', 'entrust', 'suspend'], 'person', 'always'),
  row('group-admin', ['create', 'read', 'edit'], 'invitation', 'always'),
  row('group-admin', ['read', 'report'], 'usage', 'always'),
  row('group-admin', ['read', 'edit'], 'job', 'always'),

  row('system', ['read', 'preview', 'edit'], 'resource', 'always'),
  row('system', ['read'], 'collection', 'always'),
  row('system', ['read'], 'vocabulary', 'always'),
  row('system', ['create', 'read', 'edit'], 'organisation', 'always'),
  row('system', ['read', 'import', 'entrust'], 'person', 'always'),
];
