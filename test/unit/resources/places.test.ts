import { expect, test } from '@jest/globals';
import type { Member } from '../../../server/access/index.ts';
import { placesOf } from '../../../server/resources/files/places.ts';
import { ResourceModel } from '../../../server/resources/model.ts';
import { openDocuments } from '../embedded-documents.ts';

openDocuments();

const author: Member = { id: 'a'.repeat(24), name: '李', organisation: 'b'.repeat(24), roles: ['author'] };

test('of bytes that stand in many resources only the newest places are told', async () => {
  for (let n = 1; n <= 5; n++) {
    const files = [{ path: `${n}.md`, size: 1, mediaType: 'text/markdown', sha256: 'a', crc32: 0 }];
    await ResourceModel.collection.insertOne({
      kind: 'courseware',
      organisation: author.organisation,
      owner: author.id,
      scope: 'self',
      withdrawn: null,
      draft: { title: `第 ${n} 课`, files, audience: { scope: 'self' } },
      updatedAt: new Date(2026, 0, n),
    });
  }
  expect((await placesOf(author, ['a'], 2)).map(({ title }) => title)).toEqual(['第 5 课', '第 4 课']);
});
