import { openApi } from '../../server/reference/contract.ts';
import type { Caller } from './start-app.ts';
import { must } from './start-group.ts';

/** The part of an OpenAPI document that tests compare with the running product. */
export interface Told {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters: { name: string; in: string; required: boolean }[];
  requestBody?: { required: boolean; content: Record<string, object> };
  responses: Record<string, { content?: object; headers?: Record<string, { required: boolean }> }>;
}

/** What the product tells of itself. */
export const toldBy = async (caller: Caller): Promise<Told> =>
  must(await caller.call(openApi)).body as unknown as Told;

/** An endpoint by its name, `GET /api/resources/{id}`. @throws when the document does not have it */
export function operationOf({ paths }: Told, name: string): Operation {
  const [method = '', path = ''] = name.split(' ');
  const operation = paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`The reference does not have ${name}`);
  return operation;
}

/** Headers of the tus protocol for an upload of ten bytes into a draft. */
export const tenBytes = (draft: string, name: string): Record<string, string> => ({
  'X-Courseyard': '1',
  'Tus-Resumable': '1.0.0',
  'Upload-Length': '10',
  'Upload-Metadata': `filename ${base64(name)},resource ${base64(draft)}`,
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
