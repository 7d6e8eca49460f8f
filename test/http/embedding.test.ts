import { expect, test } from '@jest/globals';
import { describeEmbed } from '../../server/content/contract.ts';
import { publishedBy } from './build-resource.ts';
import { must, startGroup } from './start-group.ts';

test('the page of a public resource tells other sites how to embed it, and their code holds its title safely', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const title = '“对刀” <script>"&';
  const { id } = await publishedBy(author, group.admin, { title, audience: { scope: 'public' } });
  const page = await (
    await group.visitor.fetch(`/resources/${id}`, { headers: { Accept: 'text/html' } })
  ).text();
  const [, href = ''] =
    /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
  expect(page).toContain('title="“对刀” &lt;script&gt;&quot;&amp;" /></head>');
  const told = await (await fetch(`${href.replaceAll('&amp;', '&')}&maxwidth=500&url=x`)).json();
  expect(told).toMatchObject({ version: '1.0', type: 'rich', title, width: 500, height: 640 });
  expect((told as { html: string }).html).toContain(
    `src="${group.url}/embed/${id}" title="“对刀” &lt;script&gt;&quot;&amp;" width="500"`,
  );
  expect(must(await group.visitor.call(describeEmbed, { params: { id } })).body.width).toBe(960);
});

test('pages of other resources, and other pages, tell nothing', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const { id } = await publishedBy(author, group.admin, { audience: { scope: 'group' } });
  for (const path of [`/resources/${id}`, `/resources/${'0'.repeat(24)}`, '/', '/search?q=x'])
    for (const caller of [author, group.visitor]) {
      const answer = await caller.fetch(path, { headers: { Accept: 'text/html' } });
      expect([path, answer.status, (await answer.text()).includes('oembed')]).toEqual([path, 200, false]);
    }
});
