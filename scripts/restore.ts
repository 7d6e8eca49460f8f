/**
 * `npm run restore -- --from DIR|s3://bucket|https://KEY:SECRET@host/bucket [--at ID] [--list] [--json]` restores a
 * backup, the newest unless told, into the empty engines that the settings name. Ends with 1 when something is lost.
 */
import { listBackups, restore } from '../server/backups/index.ts';
import { readConfig } from '../server/config.ts';
import { openObjects, openOtherObjects } from '../server/engines.ts';
import { withRestingDocuments } from './instance/with-documents.ts';
import { misused, readOptions } from './options.ts';

const usage = 'npm run restore -- --from DIR|s3://bucket|URL [--at ID] [--list] [--json]';
const options = readOptions(usage, {
  from: { type: 'string' },
  at: { type: 'string' },
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const config = readConfig();
const address = options.from ?? config.BACKUP_TO;
if (!address) misused(usage, 'Say from where: --from DIR, --from s3://bucket, or the setting BACKUP_TO');
const say = (sentence: string) => void (options.json || process.stderr.write(`${sentence}\n`));

const backup = await openOtherObjects(config, address);
try {
  if (options.list) process.stdout.write(`${(await listBackups(backup)).join('\n')}\n`);
  else {
    const objects = await openObjects(config);
    const done = await withRestingDocuments(config, (db) =>
      restore(backup, { db, objects }, { ...(options.at && { id: options.at }), tell: say }),
    );
    await objects.close();
    if (options.json) process.stdout.write(`${JSON.stringify(done)}\n`);
    else if (done.lost.length > 0) console.table(done.lost);
    say(
      `Restored ${done.id}: ${done.documents} documents, ${done.objects} objects, ${done.lost.length} lost`,
    );
    process.exitCode = done.lost.length > 0 ? 1 : 0;
  }
} finally {
  await backup.close();
}
