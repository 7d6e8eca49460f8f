// @ts-check
/**
 * Compiles what has changed since the last build: TypeScript with swc into dist/, one file to one file,
 * other files copied; the client with Vite into dist/public (`--no-client` leaves it out).
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp.json');
const compiledFolders = ['server', 'storage', 'scripts', 'test'];
/** What the client is built from: its own files, and the contracts and settings that they import. */
const clientSources = /^(client\/|server\/.*\/contract\.ts$|server\/http\/|package-lock\.json$)/;

/** @returns {Record<string, string>} every source file with what tells a change: time and size */
function sources() {
  /** @type {Record<string, string>} */
  const found = {};
  /** @param {string} path */
  const visit = (path) => {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    else found[relative(root, path).replaceAll('\\', '/')] = `${stat.mtimeMs}:${stat.size}`;
  };
  for (const folder of [...compiledFolders, 'client', '.swcrc', 'package-lock.json']) {
    if (existsSync(join(root, folder))) visit(join(root, folder));
  }
  return found;
}

/** @returns {{ server: Record<string, string>, client: Record<string, string> }} what dist/ was made from */
function lastBuild() {
  if (!existsSync(stampFile)) return { server: {}, client: {} };
  return JSON.parse(readFileSync(stampFile, 'utf8'));
}

/** @param {string} source */
function target(source) {
  return join(dist, source.replace(/\.ts$/, '.js'));
}

/** What stands between the sources and dist/: nothing to do when both lists are empty. */
export function plan() {
  const now = sources();
  const last = lastBuild();
  const isCompiled = (/** @type {string} */ file) =>
    compiledFolders.some((folder) => file.startsWith(`${folder}/`)) && !file.endsWith('.mjs');
  const compilerChanged = now['.swcrc'] !== last.server['.swcrc'];
  const serverNow = Object.fromEntries(
    Object.entries(now).filter(([file]) => isCompiled(file) || file === '.swcrc'),
  );
  const clientNow = Object.fromEntries(Object.entries(now).filter(([file]) => clientSources.test(file)));
  const changed = Object.keys(serverNow).filter(
    (file) => file !== '.swcrc' && (compilerChanged || serverNow[file] !== last.server[file]),
  );
  const gone = Object.keys(last.server).filter((file) => !(file in serverNow));
  const clientStale =
    existsSync(join(root, 'client/index.html')) && JSON.stringify(clientNow) !== JSON.stringify(last.client);
  return { serverNow, clientNow, last, changed, gone, clientStale };
}

/** @param {{ client: boolean }} what */
export async function build({ client }) {
  const { serverNow, clientNow, last, changed, gone, clientStale } = plan();
  for (const file of gone)
    for (const stale of [target(file), `${target(file)}.map`]) rmSync(stale, { force: true });
  if (changed.length > 0) {
    const { transformFile } = await import('@swc/core');
    await Promise.all(
      changed.map(async (file) => {
        const out = target(file);
        mkdirSync(dirname(out), { recursive: true });
        if (extname(file) !== '.ts') return copyFileSync(join(root, file), out);
        const { code, map } = await transformFile(join(root, file), { cwd: root });
        writeFileSync(out, `${code}\n//# sourceMappingURL=${relative(dirname(out), out)}.map\n`);
        writeFileSync(`${out}.map`, map ?? '');
      }),
    );
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ server: serverNow, client: last.client }));
  if (client && clientStale) {
    const vite = await import('vite');
    await vite.build({ root: join(root, 'client'), logLevel: 'warn' });
    writeFileSync(stampFile, JSON.stringify({ server: serverNow, client: clientNow }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build({ client: !process.argv.includes('--no-client') });
