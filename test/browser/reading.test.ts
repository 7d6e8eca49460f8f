import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  arrangeFiles,
  publishResource,
  submitResource,
  updateResource,
  withdrawResource,
} from '../../server/resources/contract.ts';
import { draftOf, publishedBy, submittedBy, upload } from '../http/build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled } from './open-browser.ts';

inChromium('what pages tell of a resource', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let reviewer: SignedIn;
  let teacher: SignedIn;
  let school: { id: string; name: string };

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '王建国' });
    reviewer = await group.member({
      roles: ['reviewer'],
      organisation: author.organisation,
      name: '李敏',
    });
    school = await group.organisation('江北技师学院');
    teacher = await group.member({ organisation: school.id });
  }, patience);

  async function openAs(member: SignedIn, path: string): Promise<Page> {
    const page = await browser.open(group, { cookie: member.headers.cookie });
    await page.goto(path);
    await settled(page);
    return page;
  }

  const factsIn = (page: Page) => page.locator('main').textContent();

  test('a withdrawn one leads to its successor by its title, also from the address of a version', async () => {
    const old = await publishedBy(author, reviewer, { title: '旧版对刀' });
    const successor = await publishedBy(author, reviewer, { title: '新版对刀' });
    must(
      await author.call(withdrawResource, {
        params: { id: old.id },
        body: { reason: '设备已更新', successor: successor.id },
      }),
    );
    for (const path of [`/resources/${old.id}`, `/resources/${old.id}/versions/1`]) {
      const page = await openAs(teacher, path);
      await page.getByRole('link', { name: '新版对刀' }).waitFor();
      expect(await factsIn(page)).not.toContain(successor.id);
      await page.getByRole('link', { name: '新版对刀' }).click();
      await page.waitForURL(`**/resources/${successor.id}`);
    }
  });

  test('a reviewer sees all that they approve: the facts of the kind, the language, the named organisations', async () => {
    const audience = { scope: 'organisations' as const, organisations: [school.id] };
    const textbook = {
      edition: '第三版',
      isbn: '9787111213826',
      press: '机械工业',
      form: 'workbook' as const,
    };
    const book = await submittedBy(author, { kind: 'textbook', title: '工作手册', textbook, audience });
    const page = await openAs(reviewer, `/reviews?open=${book.id}`);
    await page.getByText('9787111213826').waitFor();
    const facts = await factsIn(page);
    for (const told of ['第三版', '机械工业', '工作手册式', '中文', '指定单位：江北技师学院'])
      expect(facts).toContain(told);

    const xr = {
      devices: ['headset' as const],
      headsets: ['PICO 4'],
      runtime: 'unity' as const,
      simulates: '焊接机器人',
    };
    const simulation = await submittedBy(author, { kind: 'xr', title: '焊接仿真', xr });
    await page.goto(`/reviews?open=${simulation.id}`);
    await page.getByText('焊接机器人').waitFor();
    expect(await factsIn(page)).toMatch(/头显、PICO 4[\s\S]*Unity 程序/);

    must(await reviewer.call(publishResource, { params: { id: book.id }, body: {} }));
    const read = await openAs(teacher, `/resources/${book.id}`);
    await read.getByText('指定单位：江北技师学院').waitFor();
  });

  test('a version tells its note, who published it and when, its kind, majors and creators', async () => {
    const { id } = await submittedBy(author, { kind: 'textbook', title: '磨床手册', creators: ['赵工'] });
    must(await reviewer.call(publishResource, { params: { id }, body: { note: '更换了图样' } }));
    const page = await openAs(teacher, `/resources/${id}/versions/1`);
    await page.getByText('更换了图样').waitFor();
    await page.getByText('数控技术').waitFor();
    const facts = await factsIn(page);
    for (const told of ['版本 1', '李敏发布', '新型教材', '赵工', '刚刚']) expect(facts).toContain(told);
    expect(facts).not.toContain('中文（中国）');
  });

  test('the history tells in words what changed, of what is published as of what is withdrawn', async () => {
    const { id } = await draftOf(author, { title: '铣削', level: 'module' });
    await upload(author, id, '工单.md');
    const change = { level: 'course' as const, majors: [] };
    must(await author.call(updateResource, { params: { id }, body: change }));
    const rename = [{ from: '工单.md', to: '工单-1.md' }];
    must(await author.call(arrangeFiles, { params: { id }, body: { rename } }));
    must(await author.call(submitResource, { params: { id }, body: {} }));
    must(await reviewer.call(publishResource, { params: { id }, body: { note: '首次发布' } }));

    const page = await openAs(author, `/resources/${id}`);
    await page.getByText('修改记录').click();
    await page.locator('#history').getByText('首次发布').waitFor();
    const words = await page.locator('#history').textContent();
    expect(words).toMatch(/重命名文件[\s\S]*工单.md → 工单-1.md/);
    for (const part of ['层级 模块 → 课程', '适用专业 数控技术 → （空）', '版本 1', '工单.md'])
      expect(words).toContain(part);

    must(await author.call(withdrawResource, { params: { id }, body: { reason: '机床已更换' } }));
    await page.reload();
    await settled(page);
    await page.getByText('修改记录').click();
    await page.locator('#history').getByText('机床已更换').waitFor();
  });

  test('an administrator withdraws a resource of their organisation from its page', async () => {
    const { id } = await publishedBy(author, reviewer, { title: '过时的规程' });
    const administrator = await group.member({
      roles: ['organisation-admin'],
      organisation: author.organisation,
    });
    const page = await openAs(administrator, `/resources/${id}`);
    await page.getByRole('button', { name: '撤下…' }).click();
    await page.getByRole('textbox', { name: '原因' }).fill('标准已更新');
    await page.getByRole('button', { name: '撤下资源' }).click();
    await page.getByText(/原因：标准已更新/).waitFor();
  });
});
