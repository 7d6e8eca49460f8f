// @ts-check
/**
 * `node scripts/run.mjs server/main` runs a compiled file of dist/ in this process, after bringing dist/ up to date
 * in another one, so that no compiler stays in memory and a second start costs nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plan } from './build.mjs';

const name = process.argv[2];
if (!name) throw new Error('Name what to run, for example: node scripts/run.mjs server/main');
const { changed, gone, clientStale } = plan();
const needsClient = name === 'server/main' && clientStale;
if (changed.length > 0 || gone.length > 0 || needsClient) {
  process.stderr.write('Building what has changed…\n');
  const { status } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('build.mjs', import.meta.url)), ...(needsClient ? [] : ['--no-client'])],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) process.exit(status ?? 1);
}
if (existsSync('.env')) process.loadEnvFile('.env'); // what the environment says already stays
process.setSourceMapsEnabled(true);
const compiled = new URL(`../dist/${name}.js`, import.meta.url);
process.argv.splice(1, 2, fileURLToPath(compiled));
await import(compiled.href);
