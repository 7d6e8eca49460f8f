/**
 * `npm run backup -- --to DIR|s3://bucket|https://KEY:SECRET@host/bucket` backs up documents and files, also while the
 * instance runs; what an earlier backup at the same place has is not copied again. Afterwards those go that `--keep`
 * (or BACKUP_KEEP) leaves out, unless the new one lacks something. In place of that, `--prune` removes them without
 * a new backup, `--dry-run` only tells which would go, and `--check` reads the newest backup again, every byte of it.
 * `--json` is for programs. Ends with 1 when something is lost or damaged.
 */
import { backUp, checkBackup, type Pruned, planPruning, prune } from '../server/backups/index.ts';
import { readConfig, settings } from '../server/config.ts';
import { openObjects, openOtherObjects } from '../server/engines.ts';
import { version } from '../server/version.ts';
import { withStillDocuments } from './instance/with-documents.ts';
import { misused, readOptions } from './options.ts';

const usage =
  'npm run backup -- --to DIR|s3://bucket|URL [--keep "daily 7, weekly 5"] [--prune|--dry-run|--check] [--json]';
const options = readOptions(usage, {
  to: { type: 'string' },
  keep: { type: 'string' },
  prune: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const config = readConfig();
const address = options.to ?? config.BACKUP_TO;
if (!address) misused(usage, 'Say where: --to DIR, --to s3://bucket, or the setting BACKUP_TO');
const wanted = settings.BACKUP_KEEP.shape.safeParse(options.keep);
if (!wanted.success) misused(usage, `--keep: ${wanted.error.issues[0]?.message}`);
const retention = wanted.data ?? config.BACKUP_KEEP;
const say = (sentence: string) => void (options.json || process.stderr.write(`${sentence}\n`));
const answer = (found: object) => void (options.json && process.stdout.write(`${JSON.stringify(found)}\n`));

const target = await openOtherObjects(config, address);
try {
  if (options.check) await check();
  else if (options['dry-run'] || options.prune) {
    if (!retention) misused(usage, 'Say which stay: --keep "daily 7, weekly 5", or the setting BACKUP_KEEP');
    const pruned = await (options['dry-run'] ? planPruning : prune)(target, retention);
    tellPruned(pruned);
    answer(pruned);
  } else await backUpAndPrune();
} finally {
  await target.close();
}

async function check(): Promise<void> {
  const found = await checkBackup(target);
  answer(found);
  if (found.bad.length > 0 && !options.json) console.table(found.bad);
  say(`${found.id}: ${found.checked} objects read, ${found.bad.length} damaged or missing`);
  process.exitCode = found.bad.length > 0 ? 1 : 0;
}

async function backUpAndPrune(): Promise<void> {
  const objects = await openObjects(config);
  const { collections, ...made } = await withStillDocuments(config, (db, session) =>
    backUp({ db, objects, ...(session && { session }) }, target, { now: new Date(), version, tell: say }),
  );
  await objects.close();
  const documents = collections.reduce((sum, { count }) => sum + count, 0);
  if (made.lost.length > 0 && !options.json) console.table(made.lost);
  say(
    `${made.id}: ${documents} documents, ${made.objects} objects of ${made.bytes} bytes, ${made.copied.objects} of them copied now, ${made.lost.length} lost`,
  );
  process.exitCode = made.lost.length > 0 ? 1 : 0;
  const pruned = retention && made.lost.length === 0 ? await prune(target, retention) : undefined;
  if (pruned) tellPruned(pruned);
  answer({ ...made, documents, ...(pruned && { pruned }) });
}

function tellPruned({ kept, removed, unfinished, objects, bytes }: Pruned): void {
  const verb = options['dry-run'] ? 'would go' : 'gone';
  for (const { id, periods } of kept) say(`kept ${id}: ${periods.join(', ') || 'the newest'}`);
  for (const id of removed) say(`${verb} ${id}`);
  for (const id of unfinished) say(`${verb} ${id}, which was never finished`);
  say(`${verb} ${objects} objects of ${bytes} bytes`);
}
