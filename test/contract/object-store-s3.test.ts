import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { openS3Store } from '../../storage/objects/s3.ts';
import { objectStoreContract } from './object-store.ts';

/**
 * Runs on every server named in S3_TEST_ENDPOINTS: addresses with the keys in them, separated by spaces, such as
 * `http://key:secret@127.0.0.1:7070`.
 */
const addresses = (process.env.S3_TEST_ENDPOINTS ?? '').split(' ').filter(Boolean);

for (const address of addresses) {
  const { username, password, protocol, host } = new URL(address);
  const open = () =>
    openS3Store({
      endpoint: `${protocol}//${host}`,
      bucket: `test-${randomUUID()}`,
      region: 'us-east-1',
      accessKeyId: username,
      secretAccessKey: password,
      pathStyle: true,
    });
  objectStoreContract(`s3 at ${host}`, open);
}

describe('object store: s3', () => {
  test('a server that does not answer is named in the error', async () => {
    const settings = {
      bucket: 'b',
      region: 'us-east-1',
      accessKeyId: 'a',
      secretAccessKey: 'b',
      pathStyle: true,
    };
    const opening = openS3Store({ ...settings, endpoint: 'http://127.0.0.1:1' });
    await expect(opening).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});
