import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createResource, deleteResource, getResource, removeFile } from '../../server/resources/contract.ts';
import { draftOf } from '../http/build-resource.ts';
import { refusal } from '../http/start-app.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from '../http/start-group.ts';

const mebibyte = 1024 * 1024;
/** A small disk is had without rights on Linux, where namespaces of users are allowed. */
const canMakeDisk = spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0;

if (!canMakeDisk)
  test('a full disk: left out, because none can be made here', () => {
    process.stderr.write('a full disk: left out. It takes Linux with `unshare` and namespaces of users.\n');
  });
else
  describe('a full disk', () => {
    let group: RunningGroup;
    let author: SignedIn;
    beforeAll(async () => {
      group = await startGroup({ LOG_LEVEL: 'fatal' }, { disk: 256 });
      author = await group.member({ roles: ['author'] });
    });

    const free = async () => {
      const { bavail, bsize } = await statfs(group.dataDir);
      return bavail * bsize;
    };
    const fillers: string[] = [];
    /** To the last byte: what was free when it was asked, and what was left of that. */
    async function fillUp(): Promise<void> {
      for (const bytes of [await free(), mebibyte]) {
        const filler = join(group.dataDir, `filler-${fillers.length}`);
        fillers.push(filler);
        await writeFile(filler, Buffer.alloc(bytes)).catch(() => undefined);
      }
    }
    async function send(id: string, name: string, bytes: Buffer) {
      const form = new FormData();
      form.append('files', new Blob([bytes]), name);
      const headers = { 'X-Courseyard': '1' };
      const answer = await author.fetch(`/api/resources/${id}/files`, {
        method: 'POST',
        body: form,
        headers,
      });
      const { type } = (await answer.json()) as { type?: string };
      return { status: answer.status, type };
    }
    const begin = (id: string, size: number) =>
      author.fetch('/api/uploads', {
        method: 'POST',
        headers: {
          'X-Courseyard': '1',
          'Tus-Resumable': '1.0.0',
          'Upload-Length': String(size),
          'Upload-Metadata': `filename ${btoa('a.bin')},resource ${btoa(id)}`,
        },
      });
    const storeFull = '/api/problems/blobs/store-full';

    test('what cannot fit is refused before it comes, and some room stays for what is written about files', async () => {
      const { id } = await draftOf(author);
      const room = await free();
      expect((await begin(id, room - 60 * mebibyte)).status).toBe(507);
      expect((await begin(id, room - 80 * mebibyte)).status).toBe(201);
      expect(await send(id, 'a.bin', randomBytes(room - 60 * mebibyte))).toEqual({
        status: 507,
        type: storeFull,
      });
      expect(room - (await free())).toBeLessThan(mebibyte);
    });

    test('uploads that outgrow it together are refused, and leave nothing', async () => {
      const { id } = await draftOf(author);
      const room = await free();
      const large = randomBytes(Math.floor(room * 0.55));
      await setTimeout(100); // so much takes seconds: the client hears that the server has let go of idle connections
      const answers = await Promise.all([send(id, 'a.bin', large), send(id, 'b.bin', large)]);
      const kept = answers.filter(({ status }) => status === 201).length;
      expect(answers.filter(({ status, type }) => status === 507 && type === storeFull)).toHaveLength(
        2 - kept,
      );
      const used = room - (await free());
      expect(used - kept * large.length).toBeLessThan(16 * mebibyte); // of documents, not of files
      const { files } = must(await author.call(getResource, { params: { id }, query: {} })).body;
      expect(files).toHaveLength(kept);
      must(await author.call(deleteResource, { params: { id } }));
    });

    test('that others have filled to the last byte lets members read and delete, and keeps what it had', async () => {
      const { id } = await draftOf(author);
      const bytes = randomBytes(mebibyte);
      expect(await send(id, 'a.bin', bytes)).toMatchObject({ status: 201 });
      await fillUp();
      expect(await free()).toBe(0);

      const address = `/api/resources/${id}/versions/draft/files/a.bin`;
      expect(Buffer.from(await (await author.fetch(address)).arrayBuffer()).equals(bytes)).toBe(true);
      const few = Buffer.from('b');
      let answer = await send(id, 'b0.bin', few);
      // What the product tidies away meanwhile makes room again.
      for (let more = 1; more < 10 && answer.status === 201; more++) {
        await fillUp();
        answer = await send(id, `b${more}.bin`, few);
      }
      expect(answer).toEqual({ status: 507, type: storeFull });
      must(await author.call(removeFile, { params: { id, path: 'a.bin' } }));
      must(await author.call(deleteResource, { params: { id } }));

      let refused: string | undefined;
      const body = { kind: 'courseware', title: '对刀'.repeat(50), summary: '步骤'.repeat(1000) } as const;
      for (let round = 0; round < 300 && !refused; round++) {
        const answers = await Promise.all(
          Array.from({ length: 16 }, () => author.call(createResource, { body })),
        );
        const answer = answers.find(({ status }) => status >= 400);
        refused = answer && refusal(answer).type;
      }
      expect(refused).toBe('/api/problems/http/disk-full');
      await Promise.all(fillers.map((filler) => rm(filler, { force: true })));
      expect(await draftOf(author)).toMatchObject({ state: 'draft' });
    });
  });
