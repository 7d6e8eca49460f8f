import type { z } from 'zod';
import {
  createResource,
  getResource,
  type NewResource,
  publishResource,
  type Resource,
  submitResource,
} from '../../server/resources/contract.ts';
import type { Caller } from './start-app.ts';
import { must } from './start-group.ts';

type Description = Partial<z.input<typeof NewResource>>;
type Read = z.output<typeof Resource>;

/** A draft that lacks nothing but files, unless a test says otherwise. */
export async function draftOf(by: Caller, description: Description = {}): Promise<Read> {
  const body: z.input<typeof NewResource> = {
    kind: 'courseware',
    title: '数控车床对刀',
    summary: '试切法对刀的步骤与检查',
    level: 'module',
    majors: ['460103'],
    materialType: 'video',
    ...description,
  };
  return must(await by.call(createResource, { body })).body;
}

/** Uploads a small text file into a draft. */
export async function upload(
  by: Caller,
  id: string,
  path = '工作页.md',
  content: string | Uint8Array<ArrayBuffer> = '# 对刀',
): Promise<void> {
  const form = new FormData();
  form.append('files', new Blob([content]), path.split('/').at(-1));
  form.append('paths', path);
  const answer = await by.fetch(`/api/resources/${id}/files`, {
    method: 'POST',
    body: form,
    headers: { 'X-Courseyard': '1' },
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** A draft with a file that waits for a decision. */
export async function submittedBy(by: Caller, description: Description = {}): Promise<Read> {
  const { id } = await draftOf(by, description);
  await upload(by, id);
  return must(await by.call(submitResource, { params: { id }, body: {} })).body;
}

/** A published resource, as its author reads it. The decider reviews for the author's organisation, or the group. */
export async function publishedBy(by: Caller, decider: Caller, description: Description = {}): Promise<Read> {
  const { id } = await submittedBy(by, description);
  must(await decider.call(publishResource, { params: { id }, body: {} }));
  return must(await by.call(getResource, { params: { id }, query: {} })).body;
}
