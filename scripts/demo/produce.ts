import { setTimeout } from 'node:timers/promises';
import { listPreviews } from '../../server/content/contract.ts';
import { CLIENT_HEADER } from '../../server/http/contract.ts';
import {
  annotateFile,
  createResource,
  deleteResource,
  publishResource,
  returnResource,
  startDraft,
  submitResource,
  updateResource,
  withdrawResource,
} from '../../server/resources/contract.ts';
import type { Caller } from '../instance/caller.ts';
import { labelsFor } from './files/labels.ts';
import type { Planned } from './plan.ts';
import type { Stage } from './stage.ts';

/** Makes a planned resource from its draft to what becomes of it. One that was interrupted is begun anew. */
export async function produce(
  stage: Stage,
  { key, fate, author, reviewer, description, files }: Planned,
): Promise<void> {
  const { ledger } = stage;
  const before = ledger.resources[key];
  if (before && before.state !== 'begun') return;
  stage.say(description.title);
  const writer = await stage.as(author);
  if (before) await writer.call(deleteResource, { params: { id: before.id } });
  const { id } = await writer.call(createResource, { body: description });
  ledger.resources[key] = { id, title: description.title, state: 'begun' };
  await stage.save();

  const made = await files();
  await upload(writer, id, made);
  for (const [path, bytes] of made)
    if (path.endsWith('.glb'))
      await writer.call(annotateFile, {
        params: { id, path },
        body: { annotations: await labelsFor(bytes) },
      });
  if (fate !== 'draft') await writer.call(submitResource, { params: { id }, body: {} });
  const decider = await stage.as(reviewer);
  if (fate === 'returned')
    await decider.call(returnResource, {
      params: { id },
      body: {
        comment: '内容扎实，请补充两处后再提交。',
        fields: [{ field: 'summary', comment: '请写明适用学时与前置课程。' }],
      },
    });
  if (['published', 'revised', 'withdrawn'].includes(fate)) {
    await untilScanned(writer, id);
    await decider.call(publishResource, { params: { id }, body: { note: '首次发布' } });
  }
  if (fate === 'revised') await revise(writer, decider, id, description.summary ?? '');
  if (fate === 'withdrawn')
    await writer.call(withdrawResource, {
      params: { id },
      body: { reason: '内容已并入教学课件，请改用课件。', ...successorOf(stage, key) },
    });
  ledger.resources[key] = { id, title: description.title, state: stateAfter[fate] };
  await stage.save();
}

/** Milliseconds; a scanner that has just been started first loads what it knows. */
const longestScan = 5 * 60_000;

const stateAfter: Record<Planned['fate'], string> = {
  published: 'published',
  revised: 'published',
  submitted: 'submitted',
  returned: 'draft',
  draft: 'draft',
  withdrawn: 'withdrawn',
};

async function upload(writer: Caller, id: string, files: Map<string, Uint8Array>): Promise<void> {
  const form = new FormData();
  for (const [path, bytes] of files) form.append('files', new Blob([Buffer.from(bytes)]), path);
  for (const path of files.keys()) form.append('paths', path);
  const headers = { [CLIENT_HEADER.name]: CLIENT_HEADER.value };
  await writer.send(`/api/resources/${id}/files`, { method: 'POST', body: form, headers });
}

/** Where there is a virus scanner, files can be published once it has looked at them. @throws when it does not for minutes */
async function untilScanned(writer: Caller, id: string): Promise<void> {
  const end = performance.now() + longestScan;
  while (performance.now() < end) {
    const { items } = await writer.call(listPreviews, { params: { id }, query: { version: 'draft' } });
    if (items.every(({ scan }) => scan.state !== 'waiting')) return;
    await setTimeout(500);
  }
  throw new Error(
    'The virus scanner (CLAMD_HOST) has not looked at the files of a resource for five minutes',
  );
}

/** Issues the next version, as after a year of lessons. */
async function revise(writer: Caller, decider: Caller, id: string, summary: string): Promise<void> {
  await writer.call(startDraft, { params: { id }, body: {} });
  await writer.call(updateResource, {
    params: { id },
    body: { summary: `${summary}本版按新国标更新了参数表。` },
  });
  await writer.call(submitResource, { params: { id }, body: {} });
  await decider.call(publishResource, { params: { id }, body: { note: '按新国标更新参数表' } });
}

function successorOf({ ledger }: Stage, key: string): { successor?: string } {
  const lesson = ledger.resources[`${key.split('/')[0]}/lesson`];
  return lesson ? { successor: lesson.id } : {};
}
