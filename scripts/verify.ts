/**
 * `npm run verify [-- --json]` reads every stored byte and compares it with the records: changed, missing and
 * untracked. It asks the running instance or, when none runs, starts one for as long as it takes. Ends with 1 when
 * bytes are changed or missing.
 */
import { requestOf } from '../server/http/contract.ts';
import { verifyStorage } from '../server/uploads/contract.ts';
import { withInstance } from './instance/with-instance.ts';
import { readOptions } from './options.ts';

const options = readOptions('npm run verify [-- --json]', { json: { type: 'boolean', default: false } });

const found = await withInstance(async ({ address, token }) => {
  const [path, init] = requestOf(verifyStorage, {});
  const headers = { ...(init.headers as Record<string, string>), Authorization: `Bearer ${token}` };
  const answer = await fetch(address + path, { ...init, headers });
  if (!answer.ok) throw new Error(`The instance refused: ${await answer.text()}`);
  return verifyStorage.answers[200].parse(await answer.json());
});

if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
else {
  const rows = [
    ...found.changed.map(({ sha256, key }) => ({ finding: 'changed', sha256, key })),
    ...found.missing.map(({ sha256, key }) => ({ finding: 'missing', sha256, key })),
    ...found.untracked.map(({ key }) => ({ finding: 'untracked', sha256: '', key })),
  ];
  if (rows.length > 0) console.table(rows);
  const { checked, bytes, changed, missing, untracked } = found;
  console.log(
    `${checked} blobs, ${bytes} bytes read: ${changed.length} changed, ${missing.length} missing, ${untracked.length} untracked`,
  );
}
process.exitCode = found.changed.length + found.missing.length > 0 ? 1 : 0;
