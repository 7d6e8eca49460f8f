/**
 * `npm run backup -- --to DIR|s3://bucket|https://KEY:SECRET@host/bucket [--check] [--json]` backs up documents and
 * files, also while the instance runs; what an earlier backup at the same place has is not copied again. `--check`
 * reads the newest backup again, every byte of it, instead. Ends with 1 when something is lost or damaged.
 */
import { parseArgs } from 'node:util';
import { backUp, checkBackup } from '../server/backups/index.ts';
import { readConfig } from '../server/config.ts';
import { openObjects, openOtherObjects } from '../server/engines.ts';
import { version } from '../server/version.ts';
import { withStillDocuments } from './instance/with-documents.ts';

const { values: options } = parseArgs({
  options: {
    to: { type: 'string' },
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const config = readConfig();
const address = options.to ?? config.BACKUP_TO;
if (!address) throw new Error('Say where: --to DIR, --to s3://bucket, or the setting BACKUP_TO');
const say = (sentence: string) => void (options.json || process.stderr.write(`${sentence}\n`));

const target = await openOtherObjects(config, address);
try {
  if (options.check) {
    const found = await checkBackup(target);
    if (options.json) process.stdout.write(`${JSON.stringify(found)}\n`);
    else if (found.bad.length > 0) console.table(found.bad);
    say(`${found.id}: ${found.checked} objects read, ${found.bad.length} damaged or missing`);
    process.exitCode = found.bad.length > 0 ? 1 : 0;
  } else {
    const objects = await openObjects(config);
    const { collections, ...made } = await withStillDocuments(config, (db, session) =>
      backUp({ db, objects, ...(session && { session }) }, target, { now: new Date(), version, tell: say }),
    );
    await objects.close();
    const documents = collections.reduce((sum, { count }) => sum + count, 0);
    if (options.json) process.stdout.write(`${JSON.stringify({ ...made, documents })}\n`);
    else if (made.lost.length > 0) console.table(made.lost);
    say(
      `${made.id}: ${documents} documents, ${made.objects} objects of ${made.bytes} bytes, ${made.copied.objects} of them copied now, ${made.lost.length} lost`,
    );
    process.exitCode = made.lost.length > 0 ? 1 : 0;
  }
} finally {
  await target.close();
}
