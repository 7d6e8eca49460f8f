import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeFile, listPreviews, stopEncodingFile } from '../../server/content/contract.ts';
import { cancelJob, listJobs, retryFailedJobs } from '../../server/jobs/contract.ts';
import { published } from '../browser/build-library.ts';
import { eventually } from '../eventually.ts';
import { filmOf, hasFfmpeg, motion } from '../film-of.ts';
import { type Caller, refusal } from './start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** A codec that no browser knows. */
const oldFilm = () => filmOf('video.avi', [...motion('1280x720', 25, 40), '-c:v', 'mpeg4', '-q:v', '8']);
/** Milliseconds. */
const patience = 120_000;

describe('a film that browsers do not play', () => {
  let group: RunningGroup;
  let author: SignedIn;
  let reader: SignedIn;
  let id: string;

  beforeAll(async () => {
    group = await startGroup();
    author = await group.member({ roles: ['author'] });
    reader = await group.member();
    const bytes = hasFfmpeg ? await oldFilm() : Buffer.from('RIFF');
    id = await published(author, group.admin, { '磨削.avi': bytes });
  }, patience);

  const place = () => ({ params: { id, version: 1, path: '磨削.avi' } });
  const film = async (by: Caller) => {
    const { items } = must(await by.call(listPreviews, { params: { id }, query: { version: 1 } })).body;
    const [file] = items;
    if (!file) throw new Error('There is no film');
    return { ...file, copy: file.made.find(({ recipe }) => recipe === 'encoded') };
  };
  const isKnown = () =>
    eventually(async () => {
      const { made, facts } = await film(author);
      expect(made.map(({ state }) => state)).not.toContain('waiting');
      return facts.media;
    }, patience);
  const begun = () =>
    eventually(async () => {
      const { copy } = await film(reader);
      expect(copy?.state).toBe('waiting');
      expect(copy?.progress).toBeGreaterThan(0);
      expect(copy?.progress).toBeLessThanOrEqual(1);
    }, patience);
  const stopped = () =>
    eventually(async () => {
      const { copy, can } = await film(reader);
      expect(copy).toMatchObject({ state: 'failed', reason: 'cancelled' });
      expect(can).toEqual(['encode']);
    }, 20_000);
  const jobs = async () =>
    must(await group.admin.call(listJobs, { query: { name: 'derive/encode' } })).body.items;

  test('is left as it is until a member asks, who sees how far its copy is, stops it, and asks again', async () => {
    const media = await isKnown();
    if (!hasFfmpeg) {
      expect((await film(reader)).can).toEqual([]);
      expect(refusal(await reader.call(encodeFile, place())).type).toBe(
        '/api/problems/content/not-encodable',
      );
      return;
    }
    expect(media).toMatchObject({ videoCodec: 'mpeg4', isPlayable: false });
    expect(await film(reader)).toMatchObject({ copies: {}, copy: undefined, can: ['encode'] });
    expect((await film(group.visitor)).can).toEqual([]);
    expect((await group.visitor.call(encodeFile, place())).status).toBe(401);
    expect(await jobs()).toEqual([]);

    expect((await reader.call(encodeFile, place())).status).toBe(204);
    await begun();
    expect((await author.call(encodeFile, place())).status).toBe(204); // it is enough that somebody has asked
    expect(await jobs()).toHaveLength(1);
    const other = await group.member();
    expect((await film(other)).can).toEqual([]);
    expect((await other.call(stopEncodingFile, place())).status).toBe(403);
    expect((await film(reader)).can).toEqual(['stop-encoding']);
    expect((await reader.call(stopEncodingFile, place())).status).toBe(204);
    await stopped();
    const late = await reader.call(stopEncodingFile, place());
    expect(refusal(late).type).toBe('/api/problems/content/not-encoding');

    await reader.call(encodeFile, place());
    await begun();
    expect((await film(author)).can).toEqual(['stop-encoding']); // it is their resource
    await author.call(stopEncodingFile, place());
    await stopped();

    await reader.call(encodeFile, place());
    await begun();
    const [job] = await jobs();
    expect((await author.call(cancelJob, { params: { id: job?.id ?? '' } })).status).toBe(404);
    must(await group.admin.call(cancelJob, { params: { id: job?.id ?? '' } }));
    await stopped();
    await eventually(async () =>
      expect((await jobs())[0]).toMatchObject({ state: 'stopped', reason: 'cancelled' }),
    );
    expect(must(await group.admin.call(retryFailedJobs)).body).toEqual({ retried: 0 });

    await reader.call(encodeFile, place());
    const made = await eventually(async () => {
      const found = await film(reader);
      expect(found.copy).toEqual({ recipe: 'encoded', state: 'done' });
      return found;
    }, patience);
    expect(made).toMatchObject({ can: [], copies: { playable: { mediaType: 'video/mp4' } } });
    expect(await jobs()).toEqual([]);
    const again = await reader.call(encodeFile, place());
    expect(refusal(again).type).toBe('/api/problems/content/not-encodable');
  }, 300_000);
});
