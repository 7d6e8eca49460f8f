import { expect } from '@jest/globals';
import type { z } from 'zod';
import { listPreviews } from '../../server/content/contract.ts';
import { annotateFile, publishResource, submitResource } from '../../server/resources/contract.ts';
import { eventually } from '../eventually.ts';
import { draftOf } from '../http/build-resource.ts';
import type { Caller } from '../http/start-app.ts';
import { must } from '../http/start-group.ts';

export type Bytes = Buffer | string;

/** Uploads files into a draft, by path. */
export async function uploadFiles(
  by: Caller,
  id: string,
  files: Readonly<Record<string, Bytes>>,
): Promise<void> {
  const form = new FormData();
  for (const [path, bytes] of Object.entries(files)) {
    const part = typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
    form.append('files', new Blob([part]), path.split('/').at(-1));
    form.append('paths', path);
  }
  const answer = await by.fetch(`/api/resources/${id}/files`, {
    method: 'POST',
    body: form,
    headers: { 'X-Courseyard': '1' },
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** A published resource with these files; its identifier. */
export async function published(
  by: Caller,
  decider: Caller,
  files: Readonly<Record<string, Bytes>>,
  description: Parameters<typeof draftOf>[1] = {},
): Promise<string> {
  const { id } = await draftOf(by, { audience: { scope: 'public' }, licence: 'cc-by-4.0', ...description });
  await uploadFiles(by, id, files);
  await publishDraft(by, decider, id);
  return id;
}

/** Has a draft published, its files with these labels, by path. */
export async function publishDraft(
  by: Caller,
  decider: Caller,
  id: string,
  labels: Readonly<Record<string, z.input<typeof annotateFile.body>['annotations']>> = {},
): Promise<void> {
  for (const [path, annotations] of Object.entries(labels))
    must(await by.call(annotateFile, { params: { id, path }, body: { annotations } }));
  must(await by.call(submitResource, { params: { id }, body: {} }));
  must(await decider.call(publishResource, { params: { id }, body: {} }));
}

/** Waits until it is known of so many files that they lie on spheres, and tells how; the draft's, when it says so. */
export const spheresFound = (
  by: Caller,
  id: string,
  { version = 'newest', count = 1 }: { version?: 'newest' | 'draft'; count?: number } = {},
) =>
  eventually(async () => {
    const { items } = must(await by.call(listPreviews, { params: { id }, query: { version } })).body;
    const spheres = items.flatMap(({ facts }) => facts.sphere ?? []);
    expect(spheres).toHaveLength(count);
    return spheres;
  }, 60_000);
