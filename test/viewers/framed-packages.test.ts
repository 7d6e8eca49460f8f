import { beforeAll, expect, test } from '@jest/globals';
import { getAttempt } from '../../server/attempts/contract.ts';
import { published } from '../browser/build-library.ts';
import { inChromium, patience } from '../browser/open-browser.ts';
import { driven, framed, paged } from '../browser/pack-frames.ts';
import { scorm12 } from '../browser/pack-zip.ts';
import { eventually } from '../eventually.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

inChromium('packages of frames', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;
  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '李老师' });
    id = await published(author, group.admin, {
      '驱动.zip': await driven(),
      '框架.zip': await framed(),
      '多页.zip': await paged(),
      '多页结束.zip': await paged({ finishes: true }),
      '单页.zip': await scorm12(),
    });
  }, patience);

  /** Without `credentialless` frames, as in browsers of other makers. */
  const openFile = async (path: string, isOther = false) => {
    const page = await browser.open(group, { cookie: author.headers.cookie });
    if (isOther) await page.addInitScript('delete HTMLIFrameElement.prototype.credentialless');
    await page.goto(`/resources/${id}?file=${encodeURIComponent(path)}`);
    return page;
  };
  const kept = async (path: string) =>
    must(await author.call(getAttempt, { params: { id, version: 'newest', path }, query: { item: 'one' } }))
      .body;

  test('the content in the frame of a driver calls it, and status and score are kept', async () => {
    const page = await openFile('驱动.zip');
    await page.getByText('得分 77', { exact: true }).waitFor();
    const inside = page.frameLocator('main iframe').frameLocator('iframe').frameLocator('iframe');
    await inside.getByText('驱动回答 true').waitFor();
    expect(await kept('驱动.zip')).toMatchObject({ progress: 'passed', score: 77 });
  });

  test('a frame deep inside finds the runtime, and what it says is kept', async () => {
    const page = await openFile('框架.zip');
    await page.getByText('得分 81', { exact: true }).waitFor();
    expect(await kept('框架.zip')).toMatchObject({ progress: 'completed', score: 81 });
  });

  for (const [path, isOther] of [
    ['多页.zip', false],
    ['多页结束.zip', false],
    ['多页.zip', true],
    ['多页结束.zip', true],
  ] as const)
    test(`the pages of a part go on from each other: ${path}${isOther ? ', in other browsers' : ''}`, async () => {
      const before = (await kept(path)).cmi.suspend_data ?? '';
      const page = await openFile(path, isOther);
      const outer = page.frameLocator('main iframe');
      const inside = isOther ? outer : outer.frameLocator('iframe');
      await inside.getByText(`true ${before}1`, { exact: true }).waitFor();
      await inside.getByRole('link', { name: '下一页' }).click();
      await inside.getByText(`true ${before}12`, { exact: true }).waitFor();
      await inside.getByRole('link', { name: '下一页' }).click();
      await inside.getByText(`true ${before}123`, { exact: true }).waitFor();
      await eventually(async () => expect((await kept(path)).cmi.suspend_data).toBe(`${before}123`));
    });

  test('what pages store and set as cookies is empty at first, and not left behind', async () => {
    const page = await openFile('单页.zip');
    const read = `[document.cookie, Object.keys(localStorage).join(), origin]`;
    const leave = `document.cookie = 'left=1; path=/'; localStorage.setItem('left', '1')`;
    const inner = async () => {
      await page.frameLocator('main iframe').frameLocator('iframe').getByText('李老师').waitFor();
      return page.frames().find((frame) => frame.url().endsWith('/sco/index.html'));
    };
    const origin = new URL(group.contentUrl).origin;
    expect(await (await inner())?.evaluate(read)).toEqual(['courseyard-joined=1', '', origin]);
    await (await inner())?.evaluate(leave);
    await page.reload();
    expect(await (await inner())?.evaluate(read)).toEqual(['courseyard-joined=1', '', origin]);
    expect(await page.evaluate('document.cookie')).not.toContain('left');
  });

  test('outside of such a frame no page of a package has the origin of the content server', async () => {
    const page = await openFile('单页.zip');
    await page.frameLocator('main iframe').frameLocator('iframe').getByText('李老师').waitFor();
    const address =
      page
        .frames()
        .find((frame) => frame.url().endsWith('/sco/index.html'))
        ?.url() ?? '';
    const direct = await browser.open(group, { isHostile: true });
    await direct.goto(address);
    expect(await direct.evaluate('origin')).toBe('null');
    const around = address.replace('/play/', '/play/.courseyard/frame.html#');
    await direct.goto(around);
    expect(await direct.locator('iframe').count()).toBe(0);
    expect((await fetch(address, { headers: { 'Service-Worker': 'script' } })).status).toBe(404);
  });
});
