import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const run = (name: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    [fileURLToPath(new URL(`../../scripts/${name}.js`, import.meta.url)), ...args],
    {
      encoding: 'utf8',
      env: {},
    },
  );

test.each(['backup', 'restore', 'verify', 'documents-move', 'documents-serve'])(
  '%s says how it is used when it is used otherwise',
  (name) => {
    const { status, stdout, stderr } = run(name, '--no-such-option');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--no-such-option');
    expect(stderr).toMatch(/\nnpm run \S+ \S.*\n$/);
  },
);

test('a command tells how it is used when it is asked', () => {
  const { status, stdout, stderr } = run('verify', '--help');
  expect([status, stdout, stderr]).toEqual([0, 'npm run verify [-- --json]\n', '']);
});

test('documents are not moved from a folder that has none: the target would be taken for complete', () => {
  const { status, stderr } = run('documents-move', '--data', 'nowhere', '--to', 'mongodb://localhost:1/x');
  expect([status, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining('nowhere/documents.sqlite')]);
});

test('a command that lacks what it cannot do without asks for it', () => {
  for (const name of ['backup', 'documents-move']) {
    const { status, stderr } = run(name);
    expect([name, status, stderr.split('\n').length]).toEqual([name, 2, 3]);
    expect(stderr).toMatch(/^Say /);
  }
});
