import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  acceptInvitation,
  addMember,
  editGroup,
  getMe,
  getOrganisation,
  listMembers,
} from '../../server/members/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf } from '../http/build-resource.ts';
import { listed, must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { inChromium, patience, settled, violationsOn } from './open-browser.ts';

inChromium('pages of members and their administrators', (browser) => {
  let group: RunningGroup;
  let boss: SignedIn;
  let author: SignedIn;

  beforeAll(async () => {
    group = await startGroup();
    boss = await group.member({ roles: ['organisation-admin'], name: '刘主任' });
    author = await group.member({ roles: ['author'], organisation: boss.organisation, name: '周文斌' });
  }, patience);

  async function openAs(member: SignedIn | undefined, path: string): Promise<Page> {
    const page = await browser.open(group, { cookie: member?.headers.cookie });
    await page.goto(path);
    await settled(page);
    return page;
  }

  const here = () => ({ id: boss.organisation });
  const wang = (email: string) => ({ name: '王老师', email, roles: ['teacher' as const] });

  describe('what one may not do is not offered', () => {
    test.each(['/upload', '/mine', '/reviews', '/members', '/jobs', '/storage', '/usage', '/profile'])(
      'a visitor of %s is offered to sign in, and nothing else',
      async (path) => {
        const page = await openAs(undefined, path);
        const main = page.locator('main');
        await main.getByText('需要登录').waitFor();
        const next = `/sign-in?next=${encodeURIComponent(path)}`;
        expect(await main.getByRole('link', { name: '登录' }).getAttribute('href')).toBe(next);
        expect(await main.locator('a, button, input').count()).toBe(1);
        expect(await violationsOn(page)).toEqual([]);
      },
    );

    test.each(['/reviews', '/members', '/jobs', '/storage', '/usage'])(
      'an author of %s is told that it is not for them, and nothing else',
      async (path) => {
        const page = await openAs(author, path);
        const main = page.locator('main');
        await main.getByText('没有权限').waitFor();
        expect(await main.locator('a, button, input').allTextContents()).toEqual(['回到首页']);
      },
    );

    test('an administrator is told whose members those of another organisation are, and led to their own', async () => {
      const other = await group.organisation('西山装备学校');
      const page = await openAs(boss, `/members?organisation=${other.id}`);
      const main = page.locator('main');
      await main.getByText('“西山装备学校”的成员由该单位的管理员管理').waitFor();
      expect(await main.locator('a, button, input').allTextContents()).toEqual(['本单位的成员']);
      expect(await violationsOn(page)).toEqual([]);
      await main.getByRole('link', { name: '本单位的成员' }).click();
      await main.getByRole('button', { name: '邀请成员' }).waitFor();
      await main.getByRole('button', { name: '刘主任的更多操作' }).waitFor();

      await page.goto(`/members?organisation=${boss.id}`);
      await main.getByText('没有找到这个成员单位').waitFor();
      const whole = await openAs(group.admin, `/members?organisation=${other.id}`);
      await whole.locator('main').getByText('这个单位还没有成员').waitFor();
      await whole.locator('main').getByRole('button', { name: '邀请成员' }).first().waitFor();
    });

    test('figures stand in the menu of those who report, and of nobody else', async () => {
      for (const [member, menu] of [
        [author, []],
        [boss, ['成员单位', '成员', '使用统计']],
      ] as const) {
        const page = await openAs(member, '/');
        await page.getByRole('button', { name: /的菜单$/ }).click();
        await page.getByRole('menuitem', { name: '个人设置' }).waitFor();
        const entries = await page.getByRole('menuitem').allTextContents();
        expect(entries.filter((text) => ['成员单位', '成员', '使用统计'].includes(text))).toEqual(menu);
      }
      const page = await openAs(boss, '/usage');
      await page.getByRole('combobox', { name: '时段' }).waitFor();
    });
  });

  test('suspending asks first, and says when one is among them', async () => {
    const body = wang(`leaving-${randomUUID()}@example.org`);
    const { member } = must(await boss.call(addMember, { params: here(), body })).body;
    const page = await openAs(boss, '/members');
    await page.getByRole('button', { name: '王老师的更多操作' }).click();
    await page.getByRole('menuitem', { name: '停用' }).click();
    const question = page.getByRole('dialog', { name: '停用“王老师”？' });
    await question.getByText('不能再登录').waitFor();
    expect(await question.getByText('包括您自己').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);
    await question.getByRole('button', { name: '取消' }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '王老师的更多操作' }).and(page.locator(':focus')).waitFor();
    expect(await listed(boss, boss.organisation, member.email)).toMatchObject({ state: 'invited' });

    await page.getByRole('checkbox', { name: /王老师/ }).check();
    await page.getByRole('button', { name: '停用', exact: true }).click();
    await question.getByRole('button', { name: '停用', exact: true }).click();
    await page.getByText('已停用 1 人').waitFor();
    expect(await listed(boss, boss.organisation, member.email)).toMatchObject({ state: 'suspended' });

    await page.getByRole('button', { name: '王老师的更多操作' }).click();
    await page.getByRole('menuitem', { name: '恢复' }).click();
    await page.getByText('已恢复 1 人').waitFor();
    expect(await listed(boss, boss.organisation, member.email)).toMatchObject({ state: 'invited' });
    await page.getByRole('button', { name: '王老师的新密码链接' }).getByText('新密码链接').waitFor();

    await page.getByRole('checkbox', { name: /刘主任/ }).check();
    await page.getByRole('button', { name: '停用', exact: true }).click();
    const own = page.getByRole('dialog', { name: '停用“刘主任”？' });
    await own.getByText('包括您自己').waitFor();
    await own.getByRole('button', { name: '停用', exact: true }).click();
    await page.getByText('最后一位能够登录的管理员').waitFor();
    expect(must(await boss.call(getMe)).body.member?.id).toBe(boss.id);
  });

  test('the dry run of a CSV shows who would be imported, or what is wrong by the columns of the file', async () => {
    const page = await openAs(boss, '/members');
    await page.getByRole('button', { name: '从 CSV 导入' }).click();
    expect(await page.getByRole('button', { name: /^导 ?入$/ }).isDisabled()).toBe(true);
    const [template] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载模板' }).click(),
    ]);
    expect(template.suggestedFilename()).toBe('成员导入模板.csv');
    const heading = await readFile(await template.path(), 'utf8');
    await page.locator('input[type=file][accept*=csv]').setInputFiles({
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${heading}学员,没有地址,教师\n`),
    });
    const faults = page.getByRole('region', { name: '问题' });
    await faults.waitFor();
    expect(await faults.getByRole('cell').allTextContents()).toEqual(
      expect.arrayContaining(['邮箱', '没有地址']),
    );

    const names = Array.from({ length: 51 }, (_, i) => `学员${i + 1}`);
    const rows = names.map((name, i) => `${name},csv-${i + 1}@example.org,教师、审核人`);
    await page.locator('input[type=file][accept*=csv]').setInputFiles({
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`姓名,邮箱,角色\n${rows.join('\n')}\n`),
    });
    const table = page.getByRole('region', { name: '将要导入的成员' });
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(51); // the heading, and the first fifty
    const first = table.getByRole('row', { name: /第 2 行/ });
    expect(await first.getByRole('cell').allTextContents()).toEqual([
      '学员1',
      'csv-1@example.org',
      '教师、审核人',
    ]);
    await page.getByText('这里只列出前 50 人').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    const { items } = must(await boss.call(listMembers, { params: here(), query: { q: 'csv-' } })).body;
    expect(items).toEqual([]);
  });

  test('who was imported gets a link to set a password, in a table of which no cell is a formula', async () => {
    const page = await openAs(boss, '/members');
    await page.getByRole('button', { name: '从 CSV 导入' }).click();
    await page.locator('input[type=file][accept*=csv]').setInputFiles({
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`姓名,邮箱,角色\n"'=HYPERLINK(""x"")",formula@example.org,教师\n`),
    });
    await page.getByRole('button', { name: '导入 1 人' }).click();
    const [table] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载链接表' }).click(),
    ]);
    const [heading, row] = (await readFile(await table.path(), 'utf8')).split('\n');
    expect(heading).toBe('\uFEFF姓名,邮箱,设密码的链接');
    expect(row).toMatch(/^"'=HYPERLINK\(""x""\)",formula@example\.org,http.+$/);
  });

  test('an invitation that was used says so, in its heading and in the title of the window', async () => {
    const { link } = must(
      await boss.call(addMember, { params: here(), body: wang('used@example.org') }),
    ).body;
    const params = { token: link.path.split('/').at(-1) ?? '' };
    const body = { name: '王老师', password: 'a password of somebody else' };
    must(await group.visitor.call(acceptInvitation, { params, body }));
    const page = await openAs(undefined, link.path);
    await page.getByText('向单位管理员索取新的链接').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('邀请链接已失效');
    expect(await page.title()).toMatch(/^邀请链接已失效/);
    expect(await page.getByText('已撤下').count()).toBe(0);
    expect(await violationsOn(page)).toEqual([]);

    await page.goto(link.path.slice(0, -20));
    await page.getByText('邀请链接不完整').waitFor();
    expect(await page.title()).toMatch(/^邀请链接已失效/);
  });

  test('the administrator of the group gives it another name', async () => {
    const page = await openAs(group.admin, '/organisations');
    await page.getByRole('button', { name: /^集团名称/ }).click();
    const name = page.getByRole('textbox', { name: '集团名称' });
    await name.fill(' ');
    await name.press('Enter');
    await page.getByRole('alert').getByText('不能留空').waitFor();
    await name.fill('东江装备制造职教集团');
    await name.press('Enter');
    await page.getByRole('button', { name: '集团名称 东江装备制造职教集团' }).waitFor();
    expect(must(await group.visitor.call(getMe)).body.group.name).toBe('东江装备制造职教集团');
    expect(await (await openAs(boss, '/organisations')).getByText('集团名称').count()).toBe(0);
  });

  test('what runs by the clock says when next, and on phones nothing of what there is nothing to say', async () => {
    const page = await openAs(group.admin, '/jobs');
    const row = page.getByRole('row', { name: /^清理遗留的存储/ });
    await row.getByText('按时运行').waitFor();
    expect(await row.textContent()).toMatch(/每 1 天.*下次 /);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await row.locator('[data-label=失败原因]').isVisible()).toBe(false);
    expect(await row.locator('[data-label=时间]').isVisible()).toBe(true);
    expect(await violationsOn(page)).toEqual([]);
    const storage = await openAs(group.admin, '/storage');
    await storage.getByText('还没有文件').waitFor();
  });

  test('an organisation leads to its resources, is renamed beside that, and suspended from its menu', async () => {
    const school = await group.organisation('东湖职业学校');
    const page = await openAs(group.admin, '/organisations');
    const row = page.getByRole('row', { name: /东湖/ });
    expect(await row.getByRole('link', { name: '东湖职业学校', exact: true }).getAttribute('href')).toBe(
      `/search?organisation=${school.id}`,
    );
    await row.getByRole('button', { name: /^东湖职业学校：名称/ }).click();
    await row.getByRole('textbox', { name: '东湖职业学校：名称' }).fill('东湖技师学院');
    await page.keyboard.press('Enter');
    await row.getByRole('link', { name: '东湖技师学院', exact: true }).waitFor();
    await row.getByRole('button', { name: '东湖技师学院的更多操作' }).click();
    await page.getByRole('menuitem', { name: '停用' }).click();
    const question = page.getByRole('dialog', { name: '停用“东湖技师学院”？' });
    await question.getByRole('button', { name: '停用', exact: true }).click();
    await row.getByText('已停用').waitFor();
    expect(await violationsOn(page)).toEqual([]);
    const stored = must(await group.admin.call(getOrganisation, { params: { id: school.id } })).body;
    expect(stored).toMatchObject({ name: '东湖技师学院', suspended: true });
  });

  test('who renames the group after somebody else did is told so, and sees the newer name', async () => {
    const page = await openAs(group.admin, '/organisations');
    await page.getByRole('button', { name: /^集团名称/ }).click();
    must(await group.admin.call(editGroup, { body: { name: '西江装备制造职教集团' } }));
    await page.getByRole('textbox', { name: '集团名称' }).fill('北江装备制造职教集团');
    await page.keyboard.press('Enter');
    await page.getByText('内容已被他人修改').waitFor();
    await page.getByRole('textbox', { name: '集团名称' }).press('Escape');
    await page.getByRole('button', { name: '集团名称 西江装备制造职教集团' }).waitFor();
  });

  test('an audience of named organisations is saved once one is named, and holds submitting up until then', async () => {
    const { id } = await draftOf(author, { title: '钳工锉削', audience: { scope: 'group' } });
    const stored = async () =>
      must(await author.call(getResource, { params: { id }, query: { view: 'draft' } })).body.audience;
    const other = await group.organisation('南湖职业学校');
    const page = await openAs(author, `/resources/${id}/edit`);
    await page.getByRole('radio', { name: /^指定单位/ }).check({ force: true });
    await page.getByText('至少选择一个单位').waitFor();
    await page.getByRole('textbox', { name: '简介' }).fill('锉削的姿势');
    await page.getByText(/^已保存/).waitFor();
    expect(await page.getByText('没能保存').count()).toBe(0);
    expect(await page.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
    expect(await stored()).toEqual({ scope: 'group' });

    await page.getByRole('combobox', { name: '哪些单位' }).fill('南湖');
    await page.keyboard.press('Enter');
    await page.getByText('至少选择一个单位').waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await stored()).toEqual({ scope: 'organisations', organisations: [other.id] }),
    );
  });
});
