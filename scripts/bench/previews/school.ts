import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { listPreviews } from '../../../server/content/contract.ts';
import type { Reason, Recipe } from '../../../server/derive/contract.ts';
import { requestOf } from '../../../server/http/contract.ts';
import { acceptInvitation, addMember, createOrganisation, signIn } from '../../../server/members/contract.ts';
import { createResource } from '../../../server/resources/contract.ts';
import { type Caller, callerOf, cookieOf } from '../../instance/caller.ts';

/** The administrator whom the server is started with; authors have the same password. */
export const account = { email: 'bench@example.org', password: 'measured with care' };

export interface Author extends Caller {
  address: string;
  /** what shows who asks */
  headers: Record<string, string>;
}

/** Somebody of a new school who may upload. */
export async function authorOf(address: string, school: string): Promise<Author> {
  const admin = await signedIn(address, account.email);
  const { id } = await admin.call(createOrganisation, { body: { name: school, kind: 'school' } });
  const email = `author-${id}@example.org`;
  const { link } = await admin.call(addMember, {
    params: { id },
    body: { name: '李老师', email, roles: ['author'] },
  });
  const token = link.path.split('/').at(-1) ?? '';
  const body = { name: '李老师', password: account.password };
  await callerOf(address, {}).call(acceptInvitation, { params: { token }, body });
  return signedIn(address, email);
}

async function signedIn(address: string, email: string): Promise<Author> {
  const [path, init] = requestOf(signIn, { body: { email, password: account.password } });
  const headers = { cookie: cookieOf(await callerOf(address, {}).send(path, init)) };
  return { address, headers, ...callerOf(address, headers) };
}

/** Uploads files by a form into a new draft. Resolves with its id. */
export async function upload(by: Caller, files: Record<string, Buffer>): Promise<string> {
  const { id } = await by.call(createResource, { body: { kind: 'courseware', title: '测量' } });
  const body = new FormData();
  for (const [name, bytes] of Object.entries(files))
    body.append('files', new Blob([new Uint8Array(bytes)]), name);
  await by.send(`/api/resources/${id}/files`, { method: 'POST', body, headers: { 'X-Courseyard': '1' } });
  return id;
}

/** The same with a file of any size, by its path: a form that is written while it is sent. */
export async function uploadFrom(
  { address, headers, call }: Author,
  name: string,
  path: string,
): Promise<string> {
  const { id } = await call(createResource, { body: { kind: 'courseware', title: '测量' } });
  const boundary = '----WebKitFormBoundaryZ3bK1nJtq8mWcX0L';
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = head.length + (await stat(path)).size + tail.length;
  const sent = request(`${address}/api/resources/${id}/files`, {
    method: 'POST',
    headers: {
      ...headers,
      'X-Courseyard': '1',
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': length,
    },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(async function* form() {
    yield head;
    yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
    yield tail;
  }, sent);
  const [answer] = await answered;

  const said = await text(answer);
  if (answer.statusCode !== 201) throw new Error(`${name} is refused: ${said}`);
  return id;
}

/** A recipe has failed with a file. */
export class NotMade extends Error {
  readonly reason: Reason | undefined;

  constructor(recipe: Recipe, reason: Reason | undefined) {
    super(`${recipe} failed: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Seconds until a recipe has been followed with all files of a draft; it is asked after now and then.
 * @throws NotMade
 */
export async function untilMade(by: Caller, id: string, recipe: Recipe, every = 100): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { items } = await by.call(listPreviews, { params: { id }, query: { version: 'draft' } });
    const states = items.map(({ made }) => made.find((one) => one.recipe === recipe));
    const failed = states.find((state) => state?.state === 'failed');
    if (failed) throw new NotMade(recipe, failed.reason);
    if (states.every((state) => state?.state === 'done')) return (performance.now() - began) / 1000;
    await setTimeout(every);
  }
}
