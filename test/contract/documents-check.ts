import type { Collection, Db } from 'mongodb';

// biome-ignore lint/suspicious/noExplicitAny: documents of any shape
export type Things = Collection<any>;
export type Check = (things: Things, database: Db) => Promise<void>;

/** Reads with every BSON type as it is. */
export const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

export async function ids(things: Things, filter: object, options = {}): Promise<unknown[]> {
  return (await things.find(filter, { sort: { _id: 1 }, ...options }).toArray()).map(({ _id }) => _id);
}
