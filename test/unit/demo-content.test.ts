import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { collections } from '../../scripts/demo/collections.ts';
import { organisations, topics } from '../../scripts/demo/content.ts';
import { plan } from '../../scripts/demo/plan.ts';
import { codeFinder } from '../../server/vocabularies/rules.ts';
import { readTable, termOf } from '../../server/vocabularies/table.ts';

test.each(['majors', 'courses', 'jobs', 'certificates'] as const)(
  'every one of the %s that the demo names is a term that comes with the product',
  (vocabulary) => {
    const data = new URL(`../../server/vocabularies/data/${vocabulary}.csv`, import.meta.url);
    const terms = readTable(readFileSync(data, 'utf8')).flatMap(({ result }) =>
      'term' in result ? [{ ...termOf(result.term), mergedInto: null }] : [],
    );
    const codeOf = codeFinder(terms);
    const named = topics.flatMap((topic) => topic[vocabulary]);
    expect(named.filter((name) => codeOf(name) === undefined)).toEqual([]);
  },
);

test('what the demo collects is published, and the curator says a word about all of it', () => {
  const published = new Set(plan().flatMap(({ key, fate }) => (/published|revised/.test(fate) ? [key] : [])));
  const items = collections.flatMap(({ sections }) =>
    sections.flatMap((section) => Object.entries(section.items)),
  );
  expect(items.filter(([key, note]) => !published.has(key) || note === '')).toEqual([]);
  expect(collections.flatMap(({ sections }) => sections).every(({ note }) => note !== '')).toBe(true);
});

test('the demo has resources in every state, and 张春梅 a draft of her own', () => {
  const fates = plan().map(({ fate }) => fate);
  expect(new Set(fates)).toEqual(
    new Set(['published', 'revised', 'submitted', 'returned', 'draft', 'withdrawn']),
  );
  expect(plan().filter(({ fate, author }) => fate === 'draft' && author.key === 'zhang')).toHaveLength(1);
});

test('something of their organisation waits for every reviewer of the demo, and two resources for 吴国栋, who neither writes nor administers', () => {
  const authors = plan().flatMap(({ fate, author }) => (fate === 'submitted' ? [author.key] : []));
  const waiting = organisations.flatMap(({ people }) =>
    people
      .filter(({ roles }) => roles.includes('reviewer'))
      .map(({ key: reviewer }): [string, number] => [
        reviewer,
        authors.filter((key) => key !== reviewer && people.some((one) => one.key === key)).length,
      ]),
  );
  expect(waiting.filter(([, count]) => count === 0)).toEqual([]);
  expect(new Map(waiting).get('wu')).toBe(2);
});
