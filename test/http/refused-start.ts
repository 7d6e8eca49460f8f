import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { main } from './start-app.ts';

/** Somebody who may not do everything: root itself is never kept from a file. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

/** Whether a process can be started that lacks rights: as root only when others may read the program. */
export const canLackRights =
  process.platform !== 'win32' && spawnSync(process.execPath, ['--check', main], { ...nobody }).status === 0;

/** Gives a folder and everything in it to those as whom the product is started here. */
export function handOver(folder: string): void {
  if (!nobody) return;
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    lchownSync(join(folder, path), nobody.uid, nobody.gid);
}

export interface Outcome {
  /** null when it did start, and was told to end again */
  code: number | null;
  /** what it said, without the end of the line */
  said: string;
}

/** Starts the product, without the rights of root, and tells how it was refused. */
export function tryStart(dataDir: string, settings: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main], {
      ...nobody,
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        CONTENT_PORT: '0',
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let hasStarted = false;
    child.stdout.once('data', () => {
      hasStarted = true;
      child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('close', (code) => resolve({ code: hasStarted ? null : code, said: said.trim() }));
  });
}

/** A server at a free port, to be in the way of another. */
export async function takePort(): Promise<Server & { port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

/** Every file and folder with its rights and bytes: two pictures are equal when nothing was changed. */
export function pictureOf(folder: string): string[] {
  return ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].sort().map((name) => {
    const path = join(folder, name);
    const facts = lstatSync(path);
    const bytes = facts.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
    return [name, facts.mode.toString(8), bytes].join(' ');
  });
}
