import { expect, test } from '@jest/globals';
import { getAttempt, keepAttempt } from '../../server/attempts/contract.ts';
import { publishedBy } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, startGroup } from './start-group.ts';

test('each member keeps their own progress, a visitor none, and what is too long is refused', async () => {
  const group = await startGroup();
  const author = await group.member({ roles: ['author'] });
  const learner = await group.member();
  const { id } = await publishedBy(author, group.admin, { audience: { scope: 'public' } });
  const place = { params: { id, version: 'newest' as const, path: '工作页.md' } };
  const cmi = { core: { lesson_status: 'passed', score: { raw: '86' } }, suspend_data: '第三页' };

  const kept = must(await learner.call(keepAttempt, { ...place, body: { item: 'one', cmi } })).body;
  expect(kept).toMatchObject({ progress: 'passed', score: 86 });
  must(await group.visitor.call(keepAttempt, { ...place, body: { item: 'one', cmi } }));

  const asked = { ...place, query: { item: 'one' } };
  expect(must(await learner.call(getAttempt, asked)).body).toMatchObject({
    cmi,
    progress: 'passed',
    score: 86,
  });
  for (const other of [author, group.visitor])
    expect(must(await other.call(getAttempt, asked)).body).toMatchObject({
      cmi: {},
      progress: 'not-started',
      score: null,
      updatedAt: null,
    });
  const huge = { suspend_data: 'x'.repeat(600_000) };
  const refused = refusal(await learner.call(keepAttempt, { ...place, body: { item: 'one', cmi: huge } }));
  expect(refused.type).toContain('attempts/too-large');
  expect(must(await learner.call(getAttempt, asked)).body.cmi).toEqual(cmi);
});
