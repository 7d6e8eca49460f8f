import { expect, test } from '@jest/globals';
import { listEntries } from '../../server/content/contract.ts';
import { published } from '../browser/build-library.ts';
import { zipOf } from '../zip-of.ts';
import { must, startGroup } from './start-group.ts';

test('a frame is shown in words what cannot be opened; a program gets the problem', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const id = await published(author, group.admin, { 'web.zip': await zipOf({ 'index.html': '<p>x' }) });
  const params = { id, version: 'newest' as const, path: 'web.zip' };
  const { play } = must(await author.call(listEntries, { params })).body;
  const asked = (headers: Record<string, string>) => fetch(`${play}missing.html`, { headers });

  const chinese = await asked({ Accept: 'text/html,*/*;q=0.8', 'Accept-Language': 'zh-CN' });
  expect(chinese.status).toBe(404);
  expect(chinese.headers.get('content-type')).toContain('text/html');
  expect(chinese.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox$/);
  const page = await chinese.text();
  expect(page).toContain('<html lang="zh-CN">');
  expect(page).toContain('这个地址没有内容');
  const english = await (await asked({ Accept: 'text/html', 'Accept-Language': 'en' })).text();
  expect(english).toContain('There is nothing at this address');
  expect((await asked({ Accept: '*/*' })).headers.get('content-type')).toContain('application/problem+json');
});
