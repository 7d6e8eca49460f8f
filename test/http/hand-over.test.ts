import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openFile } from '../../server/content/contract.ts';
import { downloadFile } from '../../server/downloads/contract.ts';
import { addressOf } from '../../server/http/contract.ts';
import { draftOf, upload } from './build-resource.ts';
import { startGroup } from './start-group.ts';

test('behind nginx a download is handed to it, by the place of the bytes; what could run as a page is not', async () => {
  const group = await startGroup({ ACCEL_REDIRECT: '/objects/' });
  const author = await group.member({ roles: ['author'] });
  const { id } = await draftOf(author);
  await upload(author, id, '工作页.html', '<h1>对刀</h1>');
  const path = addressOf(downloadFile, { id, version: 'draft', path: '工作页.html' }, {});
  const answer = await author.fetch(path);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  const place = decodeURIComponent(answer.headers.get('x-accel-redirect') ?? '');
  expect(place).toMatch(/^\/objects\/blobs\//);
  const file = join(group.dataDir, 'objects', place.slice('/objects/'.length));
  expect(await readFile(file, 'utf8')).toBe('<h1>对刀</h1>');
  const shown = await author.fetch(addressOf(openFile, { id, version: 'draft', path: '工作页.html' }, {}));
  expect(await shown.text()).toBe('<h1>对刀</h1>');
  expect(shown.headers.get('x-accel-redirect')).toBeNull();
  expect(shown.headers.get('content-security-policy')).toContain('sandbox');
});
