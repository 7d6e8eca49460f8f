import { beforeAll, expect, test } from '@jest/globals';
import { getAttempt } from '../../server/attempts/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { asking, broken, judged12, judged2004 } from '../browser/pack-rules.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { zipOf } from '../zip-of.ts';

inChromium('rules of SCORM', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    id = await published(author, group.admin, {
      '及格12.zip': await judged12(),
      '及格2004.zip': await judged2004(),
      '导航.zip': await asking(),
      ...Object.fromEntries(
        await Promise.all(
          Object.entries(broken).map(async ([path, [files]]) => [path, await zipOf(files)] as const),
        ),
      ),
    });
  }, patience);

  const openFile = async (path: string) => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    return { page, inside: page.frameLocator('main iframe').frameLocator('iframe') };
  };
  const kept = async (path: string) =>
    must(await author.call(getAttempt, { params: { id, version: 'newest', path }, query: { item: 'one' } }))
      .body;

  test('1.2: a part is told what the manifest asks, and too few points make it failed', async () => {
    const { page, inside } = await openFile('及格12.zip');
    await inside.getByText('60 | 00:30:00 | exit,message | 初始数据').waitFor();
    await page.getByText('得分 45', { exact: true }).waitFor();
    await eventually(async () =>
      expect(await kept('及格12.zip')).toMatchObject({ progress: 'failed', score: 45 }),
    );
  });

  test('2004: success is judged by the share of points, completion by the share of progress', async () => {
    const { inside } = await openFile('及格2004.zip');
    await inside.getByText('0.7 | 0.8 | 数据 | goal').waitFor();
    await eventually(async () =>
      expect((await kept('及格2004.zip')).cmi).toMatchObject({
        success_status: 'failed',
        completion_status: 'completed',
      }),
    );
  });

  test('what is wrong with a package is said in words', async () => {
    for (const [path, [, says]] of Object.entries(broken)) {
      const { page } = await openFile(path);
      await page.getByRole('alert').filter({ hasText: says }).waitFor();
    }
  });

  test('a package leads on, back and to a part that it names; who leaves stays', async () => {
    const { page, inside } = await openFile('导航.zip');
    const ask = async (wish: string, then: string) => {
      await inside.getByRole('button', { name: wish, exact: true }).click();
      await inside.getByText(`部分 ?${then}`, { exact: true }).waitFor();
      await page
        .getByRole('navigation', { name: '章节' })
        .getByRole('button', { name: then })
        .and(page.locator('[aria-current=true]'))
        .waitFor();
    };
    await inside.getByText('部分 ?one', { exact: true }).waitFor();
    await ask('continue', 'two');
    await ask('previous', 'one');
    await ask('{target=three}choice', 'three');
    await ask('exitAll', 'three');
  });
});
