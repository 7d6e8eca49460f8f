import type { Meilisearch } from 'meilisearch';

/** Always the same key: an engine is asked for it before it is made. */
const uid = '3f1c9d52-6b0e-4c1a-9a57-0c6f2d1f6b11';

/**
 * A key that may search and nothing else, for answering people. Undefined when the key that we were given may not
 * make keys, or the engine runs without any: then that one searches, too.
 */
export async function searchKey(client: Meilisearch): Promise<string | undefined> {
  try {
    return (await client.getKey(uid)).key;
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  try {
    const made = await client.createKey({
      uid,
      name: 'Courseyard: search only',
      actions: ['search'],
      indexes: ['*'],
      expiresAt: null,
    });
    return made.key;
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

/** The engine has answered, with a no. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'MeilisearchApiError';
}
