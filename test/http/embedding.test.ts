import { expect, test } from '@jest/globals';
import { describeEmbed } from '../../server/content/contract.ts';
import { draftOf, publishedBy } from './build-resource.ts';
import { type Caller, refusal } from './start-app.ts';
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
  const told = await (await fetch(`${href.replaceAll('&amp;', '&')}&maxwidth=500`)).json();
  expect(told).toMatchObject({ version: '1.0', type: 'rich', title, width: 500, height: 640 });
  expect((told as { html: string }).html).toContain(
    `src="${group.url}/embed/${id}" title="“对刀” &lt;script&gt;&quot;&amp;" width="500"`,
  );
  const embedded = { url: `${group.url}/embed/${id}` };
  expect(must(await group.visitor.call(describeEmbed, { query: embedded })).body.width).toBe(960);
});

test('a site asks by the address of a page: what is not published, or not for it, is not found; XML is not offered', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const { id } = await publishedBy(author, group.admin, { audience: { scope: 'group' } });
  const { id: draft } = await draftOf(author);
  const ask = async (by: Caller, url: string, format?: 'json' | 'xml') => {
    const answer = await by.call(describeEmbed, { query: { url, format } });
    return answer.status === 200 ? 200 : [answer.status, refusal(answer).type.replace(/^.*problems\//, '')];
  };
  const page = `${group.url}/resources/${id}`;
  expect(await ask(author, page)).toBe(200);
  const none = [404, 'content/not-embeddable'];
  expect(await ask(group.visitor, page)).toEqual(none);
  expect(await ask(author, `${group.url}/resources/${draft}`)).toEqual(none);
  for (const other of [`https://example.org/resources/${id}`, `${group.url}/collections/${id}`, 'x'])
    expect([other, await ask(author, other)]).toEqual([other, none]);
  expect(await ask(author, page, 'xml')).toEqual([501, 'content/format-not-offered']);
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
