import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';
import { pdf } from './make-files.ts';
import { inChromium, patience } from './open-browser.ts';

const fileName = '数控车床对刀讲义.pdf';

inChromium('the main job', (browser) => {
  let group: RunningGroup;
  let author: SignedIn;
  let reviewer: SignedIn;
  let teacher: SignedIn;
  let curator: SignedIn;
  let document: Buffer;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'], name: '周文斌' });
    reviewer = await group.member({ roles: ['reviewer'], organisation: author.organisation, name: '李敏' });
    teacher = await group.member({ roles: ['teacher'], name: '王老师' });
    curator = await group.member({ groupRoles: ['curator'], name: '赵策' });
    const printer = await browser.open(group);
    document = await pdf(printer, 3, '试切外圆，测量直径，输入刀补');
    await printer.context().close();
  }, patience);

  const sit = async (member: SignedIn, path: string) => {
    const page = await browser.open(group, { cookie: member.headers.cookie });
    await page.goto(path);
    return page;
  };

  test('an author uploads, a reviewer approves, a teacher elsewhere finds it and takes identical bytes, a curator collects it', async () => {
    const writing = await sit(author, '/upload');
    await writing
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: fileName, mimeType: 'application/pdf', buffer: document });
    await writing.waitForURL(/\/edit$/);
    expect(await writing.getByRole('textbox', { name: '名称' }).inputValue()).toContain('数控车床对刀讲义');
    await writing.getByRole('radio', { name: '文本' }).check({ force: true });
    await writing.getByRole('radio', { name: '模块', exact: true }).check({ force: true });
    await writing.getByRole('combobox', { name: '适用专业' }).fill('460103');
    await writing.keyboard.press('Enter');
    await writing.keyboard.press('Escape');
    await writing.getByRole('textbox', { name: '简介' }).fill('试切法对刀的步骤与检查，配工作页。');
    await writing.getByRole('radio', { name: '全集团' }).check({ force: true });
    await writing.getByRole('button', { name: '提交审核' }).click();
    await writing.waitForURL('**/mine');

    const reviewing = await sit(reviewer, '/reviews');
    await reviewing.getByRole('button', { name: /^数控车床对刀讲义/ }).click();
    await reviewing.getByRole('button', { name: /通过并发布/ }).click();
    await reviewing.getByText(/已发布“/).waitFor();

    const searching = await sit(teacher, '/');
    await searching.getByRole('combobox', { name: '搜索' }).fill('对刀');
    await searching.keyboard.press('Enter');
    await searching
      .getByRole('link', { name: /数控车床对刀讲义/ })
      .first()
      .click();
    await searching.waitForURL(/\/resources\//);
    const [download] = await Promise.all([
      searching.waitForEvent('download'),
      searching.getByRole('link', { name: `下载 ${fileName}` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(fileName);
    expect((await readFile(await download.path())).equals(document)).toBe(true);

    const collecting = await sit(curator, new URL(searching.url()).pathname);
    await collecting.getByRole('button', { name: '收入专题' }).click();
    await collecting.getByPlaceholder('新专题的名称').fill('对刀专题');
    await collecting.getByRole('button', { name: '新建并加入' }).click();
    await collecting.getByText('已收入专题').waitFor();
    await collecting.goto('/collections');
    await collecting.getByRole('link', { name: '对刀专题' }).click();
    await collecting.getByRole('link', { name: /数控车床对刀讲义/ }).waitFor();
  }, 300_000);
});
