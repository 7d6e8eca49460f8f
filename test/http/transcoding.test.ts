import { beforeAll, describe, expect, test } from '@jest/globals';
import { listPreviews } from '../../server/content/contract.ts';
import { cancelJob, listJobs, retryJob } from '../../server/jobs/contract.ts';
import { uploadFiles } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg, motion } from '../film-of.ts';
import { draftOf } from './build-resource.ts';
import { refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** A codec that no browser knows. */
const oldFilm = () => filmOf('video.avi', [...motion('1280x720', 25, 40), '-c:v', 'mpeg4', '-q:v', '8']);
/** Milliseconds. */
const patience = 120_000;

describe('a video that browsers do not play', () => {
  let group: RunningGroup;
  let author: SignedIn;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    ({ id } = await draftOf(author, { audience: { scope: 'self' } }));
    await uploadFiles(author, id, { '磨削.avi': hasFfmpeg ? await oldFilm() : Buffer.from('RIFF') });
  }, patience);

  const copyOf = async () => {
    const previews = must(await author.call(listPreviews, { params: { id }, query: { version: 'draft' } }));
    const [file] = previews.body.items;
    return { file, copy: file?.made.find(({ recipe }) => recipe === 'playable') };
  };
  const running = async () => {
    const { items } = must(await group.admin.call(listJobs, { query: { state: 'running' } })).body;
    const job = items.find(({ progress }) => progress !== undefined);
    if (!job) throw new Error('No job tells how far it is');
    return job;
  };

  test('is converted with progress, which an administrator can stop and begin again', async () => {
    if (!hasFfmpeg) {
      const told = await eventually(async () => {
        const { copy } = await copyOf();
        expect(copy?.state).toBe('failed');
        return copy;
      }, patience);
      expect(told?.reason).toBe('program-missing');
      return;
    }
    const job = await eventually(running, patience);
    await eventually(async () => {
      const { copy } = await copyOf();
      expect(copy?.state).toBe('waiting');
      expect(copy?.progress).toBeGreaterThan(0);
      expect(copy?.progress).toBeLessThanOrEqual(1);
    }, patience);
    const byAuthor = await author.call(cancelJob, { params: { id: job.id } });
    expect(byAuthor.status).toBe(404);
    must(await group.admin.call(cancelJob, { params: { id: job.id } }));
    const stopped = await eventually(async () => {
      const { items } = must(await group.admin.call(listJobs, { query: { state: 'failed' } })).body;
      expect(items.map((one) => one.id)).toEqual([job.id]);
      return items[0];
    }, 20_000);
    expect(stopped?.reason).toBe('cancelled by an administrator');
    expect((await copyOf()).copy).toMatchObject({ state: 'failed', reason: 'cancelled' });
    const again = await group.admin.call(cancelJob, { params: { id: job.id } });
    expect(refusal(again).type).toBe('/api/problems/jobs/not-stoppable');

    must(await group.admin.call(retryJob, { params: { id: job.id } }));
    const { file } = await eventually(async () => {
      const made = await copyOf();
      expect(made.copy).toEqual({ recipe: 'playable', state: 'done' });
      return made;
    }, patience);
    expect(file?.copies.playable?.mediaType).toBe('video/mp4');
  }, 300_000);
});
