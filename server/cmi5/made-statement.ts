import { createHash, randomUUID } from 'node:crypto';
import type { StoredRegistration, StoredStatement } from './model.ts';
import type { Statement } from './statement.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A name-based UUID (RFC 9562, section 5.8) as an IRI: the same for the same words, and no publisher's identifier. */
export function iriFor(...words: readonly string[]): string {
  const hex = sha256(JSON.stringify(words));
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

/** A statement ready to be stored, with what the record store adds (xAPI 1.0.3, Data 2.4.8 to 2.4.10). */
export function stored(
  given: Statement,
  { _id, actor, expiresAt }: Pick<StoredRegistration, '_id' | 'actor' | 'expiresAt'>,
  turn: number,
  now: Date,
): StoredStatement {
  const { stored: _stored, authority: _authority, version = '1.0.0', id = randomUUID(), ...said } = given;
  const activity = activityOf(given);
  return {
    registration: _id,
    turn,
    statement: id,
    verb: given.verb.id,
    activity,
    related: [...new Set([activity, ...relatedTo(given)])].filter((one) => one !== ''),
    storedAt: now,
    digest: digestOf(given),
    json: JSON.stringify({
      id,
      ...said,
      timestamp: given.timestamp ?? now.toISOString(),
      stored: now.toISOString(),
      authority: {
        objectType: 'Agent',
        account: { homePage: actor.account?.homePage ?? '', name: 'courseyard' },
      },
      version,
    }),
    expiresAt,
  };
}

/** What tells two statements of one identifier apart; what the store adds does not count (Data 2.2). */
export function digestOf({
  stored: _stored,
  authority: _authority,
  version: _version,
  ...said
}: Statement): string {
  return sha256(JSON.stringify(inOrder(said)));
}

/** With the names of every object in order, so that equal things read equal. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  );
}

const activityOf = ({ object }: Pick<Statement, 'object'>): string =>
  (object.objectType ?? 'Activity') === 'Activity' && 'id' in object ? object.id : '';

function relatedTo({ context, object }: Pick<Statement, 'context' | 'object'>): string[] {
  const lists = Object.values(context?.contextActivities ?? {});
  const inner = object.objectType === 'SubStatement' ? [activityOf(object), ...relatedTo(object)] : [];
  return [...lists.flatMap((list) => list?.map(({ id }) => id) ?? []), ...inner];
}
