import { recordUse } from '../../../server/usage/contract.ts';
import { call } from '../../api/call.ts';

/** Tells that a file was opened in place. A count that gets lost is no reason to disturb the reader. */
export function tellPreview(resource: string, file: string): void {
  call(recordUse, { body: { resource, kind: 'preview', file } }).catch((error: unknown) => {
    console.info('The preview was not counted', error);
  });
}
