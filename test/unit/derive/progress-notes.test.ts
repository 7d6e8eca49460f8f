import { expect, test } from '@jest/globals';
import { ProgressNotes } from '../../../server/derive/progress-notes.ts';

test('no note of progress is written behind the outcome', async () => {
  const written: string[] = [];
  let finish = () => {};
  const notes = new ProgressNotes((share) => {
    const writing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    return writing.then(() => written.push(`${share}`));
  });
  notes.note(0.5);
  const ended = notes.end().then(() => written.push('failed'));
  notes.note(0.9);
  await new Promise(setImmediate);
  expect(written).toEqual([]);
  finish();
  await ended;
  expect(written).toEqual(['0.5', 'failed']);
});
