import { setTimeout } from 'node:timers/promises';
import { listPreviews } from '../../../server/content/contract.ts';
import type { Recipe } from '../../../server/derive/contract.ts';
import { requestOf } from '../../../server/http/contract.ts';
import { acceptInvitation, addMember, createOrganisation, signIn } from '../../../server/members/contract.ts';
import { createResource } from '../../../server/resources/contract.ts';
import { type Caller, callerOf, cookieOf } from '../../instance/caller.ts';

/** The administrator whom the server is started with; authors have the same password. */
export const account = { email: 'bench@example.org', password: 'measured with care' };

/** Somebody of a new school who may upload. */
export async function authorOf(address: string, school: string): Promise<Caller> {
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

async function signedIn(address: string, email: string): Promise<Caller> {
  const [path, init] = requestOf(signIn, { body: { email, password: account.password } });
  return callerOf(address, { cookie: cookieOf(await callerOf(address, {}).send(path, init)) });
}

/** Uploads files by a form into a new draft. Resolves with its id. */
export async function upload(by: Caller, files: Record<string, Buffer | Blob>): Promise<string> {
  const { id } = await by.call(createResource, { body: { kind: 'courseware', title: '测量' } });
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files))
    form.append('files', bytes instanceof Blob ? bytes : new Blob([new Uint8Array(bytes)]), name);
  await by.send(`/api/resources/${id}/files`, {
    method: 'POST',
    body: form,
    headers: { 'X-Courseyard': '1' },
  });
  return id;
}

/** Seconds until a recipe has been followed with all files of a draft; it is asked after now and then. */
export async function untilMade(by: Caller, id: string, recipe: Recipe, every = 100): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { items } = await by.call(listPreviews, { params: { id }, query: { version: 'draft' } });
    const states = items.map(({ made }) => made.find((one) => one.recipe === recipe));
    const failed = states.find((state) => state?.state === 'failed');
    if (failed) throw new Error(`${recipe} failed: ${failed.reason}`);
    if (states.every((state) => state?.state === 'done')) return (performance.now() - began) / 1000;
    await setTimeout(every);
  }
}
