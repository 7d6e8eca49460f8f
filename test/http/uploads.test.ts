import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createResource, getResource } from '../../server/resources/contract.ts';
import { getUpload, listUploads, storage } from '../../server/uploads/contract.ts';
import { refusal } from './start-app.ts';
import { type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

let group: RunningGroup;
let author: SignedIn;

beforeAll(async () => {
  group = await startGroup();
  author = await group.member({ roles: ['author'] });
});

const client = { 'X-Courseyard': '1' };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

async function draft(member = author): Promise<string> {
  const { body } = await member.call(createResource, { body: { kind: 'courseware', title: '数控车削' } });
  return body.id;
}

const filesOf = async (id: string, member = author) =>
  (await member.call(getResource, { params: { id }, query: { view: 'draft' } })).body.files;

function form(files: { name: string; bytes: Uint8Array; type?: string }[], paths: string[] = []): FormData {
  const data = new FormData();
  for (const { name, bytes, type = '' } of files)
    data.append('files', new Blob([new Uint8Array(bytes)], { type }), name);
  for (const path of paths) data.append('paths', path);
  return data;
}

const send = async (id: string, data: FormData, member = author) => {
  const answer = await member.fetch(`/api/resources/${id}/files`, {
    method: 'POST',
    body: data,
    headers: client,
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { type: string; items: object[] },
    headers: answer.headers,
  };
};

describe('form uploads', () => {
  test('several files arrive with their Chinese names, types and checksums', async () => {
    const id = await draft();
    const text = Buffer.from('# 安全操作规程\n');
    const { status, body } = await send(
      id,
      form([
        { name: '安全 规程（第二版）.md', bytes: text },
        { name: '图1.png', bytes: png },
      ]),
    );
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        items: [
          {
            path: '安全 规程（第二版）.md',
            size: text.length,
            mediaType: 'text/markdown',
            sha256: sha256(text),
          },
          { path: '图1.png', size: png.length, mediaType: 'image/png', sha256: sha256(png) },
        ],
      },
    });
    expect(await filesOf(id)).toMatchObject(body.items);
  });

  test('files of a folder keep their paths', async () => {
    const id = await draft();
    const files = [
      { name: 'a.txt', bytes: Buffer.from('a') },
      { name: 'b.txt', bytes: Buffer.from('b') },
    ];
    const { status } = await send(id, form(files, ['模块一/a.txt', '模块二/任务/b.txt']));
    expect(status).toBe(201);
    expect((await filesOf(id)).map(({ path }) => path)).toEqual(['模块一/a.txt', '模块二/任务/b.txt']);
  });

  test.each([
    ['is empty', 'a.txt', Buffer.alloc(0), 422, 'blobs/empty-file'],
    [
      'is a program that calls itself PDF',
      'a.pdf',
      Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]),
      415,
      'blobs/type-differs',
    ],
    ['is cut off', 'a.png', png.subarray(0, 50), 422, 'blobs/cut-off'],
    ['is binary and calls itself text', 'a.txt', Buffer.alloc(500, 0), 415, 'blobs/type-differs'],
    [
      'does so while much of it is still to come',
      'a.txt',
      Buffer.alloc(8_000_000),
      415,
      'blobs/type-differs',
    ],
    ['has a line break in its name', 'a\nb.txt', Buffer.from('x'), 400, 'uploads/unsafe-path'],
    ['has a name that is no UTF-8', '�.pdf', Buffer.from('x'), 400, 'uploads/unsafe-path'],
    ['has a name that nobody can see', '\u200b', Buffer.from('x'), 400, 'uploads/unsafe-path'],
    ['has direction marks in its name', 'a\u202etxt.exe', Buffer.from('x'), 400, 'uploads/unsafe-path'],
    ['has a name of 300 bytes', `${'课'.repeat(100)}.txt`, Buffer.from('x'), 400, 'uploads/unsafe-path'],
  ])(
    'a file that %s is refused, and nothing of the form is kept',
    async (_why, name, bytes, status, type) => {
      const id = await draft();
      const good = Buffer.from(`good ${randomBytes(8).toString('hex')}`);
      const answer = await send(
        id,
        form([
          { name: 'good.txt', bytes: good },
          { name, bytes },
        ]),
      );
      expect({ status: answer.status, type: answer.body.type }).toEqual({
        status,
        type: `/api/problems/${type}`,
      });
      expect(await filesOf(id)).toEqual([]);
    },
  );

  test('a path that leads out of the resource is refused', async () => {
    const id = await draft();
    for (const path of ['../a.txt', '/a.txt', 'a/../../b.txt', 'a\\b.txt']) {
      const answer = await send(id, form([{ name: 'a.txt', bytes: Buffer.from('a') }], [path]));
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'paths.0' }] } });
    }
    expect(await filesOf(id)).toEqual([]);
  });

  test('a form without files, or that is none, is refused', async () => {
    const id = await draft();
    expect(await send(id, form([]))).toMatchObject({ status: 400 });
    const junk = await author.fetch(`/api/resources/${id}/files`, {
      method: 'POST',
      headers: { ...client, 'Content-Type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf',
    });
    expect(junk.status).toBe(400);
    expect(((await junk.json()) as { type: string }).type).toBe('/api/problems/uploads/bad-form');
    const json = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', headers: client });
    expect(json.status).toBe(400);
  });

  test('a form of more files than are taken at once is refused in words, and keeps nothing', async () => {
    const id = await draft();
    const many = Array.from({ length: 201 }, (_, n) => ({ name: `${n}.txt`, bytes: Buffer.from(`${n}`) }));
    const answer = await send(id, form(many));
    expect(answer).toMatchObject({ status: 400, body: { type: '/api/problems/uploads/too-many-in-form' } });
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('200') });
    expect(await filesOf(id)).toEqual([]);
  });

  test('somebody of another organisation gets "not found", and the draft stays as it was', async () => {
    const id = await draft();
    const stranger = await group.member({ roles: ['author'] });
    expect(await send(id, form([{ name: 'a.txt', bytes: Buffer.from('a') }]), stranger)).toMatchObject({
      status: 404,
    });
    expect(await filesOf(id)).toEqual([]);
  });

  test('a connection that breaks leaves the draft as it was', async () => {
    const id = await draft();
    await new Promise<void>((resolve) => {
      const call = request(`${group.url}/api/resources/${id}/files`, {
        method: 'POST',
        headers: {
          ...author.headers,
          ...client,
          'Content-Type': 'multipart/form-data; boundary=x',
          'Content-Length': 10_000_000,
        },
      });
      call.on('error', () => resolve());
      call.write('--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n');
      call.write('text '.repeat(100_000), () => setTimeout(() => call.destroy(), 100));
    });
    expect(await filesOf(id)).toEqual([]);
  });
});

const tus = { ...client, 'Tus-Resumable': '1.0.0' };
const chunk = { ...tus, 'Content-Type': 'application/offset+octet-stream' };
const metadata = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

async function begin(id: string, size: number, values: Record<string, string> = {}, member = author) {
  const answer = await member.fetch('/api/uploads', {
    method: 'POST',
    headers: {
      ...tus,
      'Upload-Length': String(size),
      'Upload-Metadata': metadata({ filename: '讲义.txt', resource: id, ...values }),
    },
  });
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    headers: answer.headers,
    body: answer,
  };
}

const patch = (location: string, offset: number, bytes: Uint8Array, headers = {}, member = author) =>
  member.fetch(location, {
    method: 'PATCH',
    headers: { ...chunk, 'Upload-Offset': String(offset), ...headers },
    body: new Uint8Array(bytes),
  });

const offsetOf = async (location: string, member = author) => {
  const answer = await member.fetch(location, { method: 'HEAD', headers: tus });
  return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : -answer.status;
};

describe('resumable uploads', () => {
  test('a file arrives in pieces and stands in the draft', async () => {
    const id = await draft();
    const bytes = Buffer.from('数控编程 '.repeat(20_000));
    const { status, location, headers } = await begin(id, bytes.length, { path: '模块一/讲义.txt' });
    expect(status).toBe(201);
    expect(headers.get('upload-expires')).not.toBeNull();
    expect(await offsetOf(location)).toBe(0);
    for (let at = 0; at < bytes.length; at += 100_000) {
      const answer = await patch(location, at, bytes.subarray(at, at + 100_000));
      expect(answer.status).toBe(204);
      expect(Number(answer.headers.get('upload-offset'))).toBe(Math.min(at + 100_000, bytes.length));
    }
    const file = {
      path: '模块一/讲义.txt',
      size: bytes.length,
      mediaType: 'text/plain',
      sha256: sha256(bytes),
    };
    const upload = await author.call(getUpload, { params: { id: location.split('/').at(-1) ?? '' } });
    expect(upload.body).toMatchObject({ resource: id, path: file.path, state: 'finished', file });
    expect(await filesOf(id)).toMatchObject([file]);
  });

  test('an upload continues after the server was killed and started again', async () => {
    const folder = await startGroup();
    const owner = await folder.member({ roles: ['author'] });
    const id = await draft(owner);
    const bytes = randomBytes(3_000_000);
    const { location } = await begin(id, bytes.length, { filename: 'data.bin' }, owner);
    await patch(location, 0, bytes.subarray(0, 1_000_001), {}, owner);
    await folder.kill();
    const { startApp } = await import('./start-app.ts');
    const again = await startApp({ DATA_DIR: folder.dataDir });
    const member = { ...owner, ...again.caller(owner.headers) };
    expect(await offsetOf(location, member)).toBe(1_000_001);
    expect((await patch(location, 1_000_001, bytes.subarray(1_000_001), {}, member)).status).toBe(204);
    expect(await filesOf(id, member)).toMatchObject([{ path: 'data.bin', sha256: sha256(bytes) }]);
  });

  test('creation may bring the first bytes, or all of them', async () => {
    const id = await draft();
    const bytes = Buffer.from('all at once');
    const answer = await author.fetch('/api/uploads', {
      method: 'POST',
      headers: {
        ...chunk,
        'Upload-Length': String(bytes.length),
        'Upload-Metadata': metadata({ filename: 'once.txt', resource: id }),
      },
      body: bytes,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('upload-offset')).toBe(String(bytes.length));
    expect(await filesOf(id)).toMatchObject([{ path: 'once.txt', sha256: sha256(bytes) }]);
  });

  test('bytes with a wrong checksum are dropped, and the right ones taken', async () => {
    const id = await draft();
    const bytes = Buffer.from('checked bytes');
    const { location } = await begin(id, bytes.length);
    const sum = (of: Uint8Array) => `sha1 ${createHash('sha1').update(of).digest('base64')}`;
    const wrong = await patch(location, 0, bytes.subarray(0, 7), {
      'Upload-Checksum': sum(Buffer.from('other')),
    });
    expect(wrong.status).toBe(460);
    expect(await offsetOf(location)).toBe(0);
    expect((await patch(location, 0, bytes.subarray(0, 7), { 'Upload-Checksum': 'crc9 AAAA' })).status).toBe(
      400,
    );
    expect(
      (await patch(location, 0, bytes.subarray(0, 7), { 'Upload-Checksum': sum(bytes.subarray(0, 7)) }))
        .status,
    ).toBe(204);
    expect(
      (await patch(location, 7, bytes.subarray(7), { 'Upload-Checksum': sum(bytes.subarray(7)) })).status,
    ).toBe(204);
    expect(await filesOf(id)).toMatchObject([{ sha256: sha256(bytes) }]);
  });

  test('an offset that does not match changes nothing, and a part sent twice is refused', async () => {
    const id = await draft();
    const { location } = await begin(id, 10);
    expect((await patch(location, 5, Buffer.from('01234'))).status).toBe(409);
    expect((await patch(location, 0, Buffer.from('01234'))).status).toBe(204);
    const twice = await patch(location, 0, Buffer.from('01234'));
    expect(twice.status).toBe(409);
    expect(twice.headers.get('content-type')).toContain('application/problem+json');
    expect((await patch(location, 5, Buffer.from('too much by far'))).status).toBe(413);
    expect(await offsetOf(location)).toBe(5);
  });

  test('somebody else does not learn that an upload exists', async () => {
    const { location } = await begin(await draft(), 10);
    const stranger = await group.member({ roles: ['author'] });
    expect(await offsetOf(location, stranger)).toBe(-404);
    expect((await patch(location, 0, Buffer.from('x'), {}, stranger)).status).toBe(404);
    expect((await stranger.fetch(location, { method: 'DELETE', headers: tus })).status).toBe(404);
    expect((await stranger.fetch(location)).status).toBe(404);
    expect(await offsetOf(location)).toBe(0);
  });

  test('what is refused for its content is given up with the reason', async () => {
    const id = await draft();
    const bytes = Buffer.concat([Buffer.from('MZ'), randomBytes(200_000)]);
    const { location } = await begin(id, bytes.length, { filename: '课件.pdf' });
    const answer = await patch(location, 0, bytes);
    expect(answer.status).toBe(415);
    expect(await offsetOf(location)).toBe(-410);
    const upload = await author.call(getUpload, { params: { id: location.split('/').at(-1) ?? '' } });
    expect(upload.body).toMatchObject({
      state: 'refused',
      problem: { type: '/api/problems/blobs/type-differs' },
    });
    expect(await filesOf(id)).toEqual([]);
  });

  test('what cannot be taken is refused before the first byte', async () => {
    const id = await draft();
    expect(await begin(id, 0)).toMatchObject({ status: 422 });
    expect(await begin(id, 2 ** 52)).toMatchObject({ status: 413 });
    expect(await begin(id, 10, { filename: '../a.txt', path: '../../a.txt' })).toMatchObject({ status: 400 });
    expect(await begin('f'.repeat(24), 10)).toMatchObject({ status: 404 });
    expect((await author.fetch('/api/uploads', { method: 'POST', headers: client })).status).toBe(412);
    const older = { ...tus, 'Tus-Resumable': '0.2.2' };
    const other = await author.fetch('/api/uploads', { method: 'POST', headers: older });
    expect([other.status, other.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    const visitor = await group.visitor.fetch('/api/uploads', { method: 'POST', headers: tus });
    expect(visitor.status).toBe(401);
  });

  test('unfinished uploads are found again, and can be given up', async () => {
    const owner = await group.member({ roles: ['author'] });
    const { location } = await begin(await draft(owner), 1000, {}, owner);
    expect((await owner.call(listUploads)).body.items).toMatchObject([
      { size: 1000, offset: 0, path: '讲义.txt' },
    ]);
    expect((await owner.call(storage)).body).toMatchObject({ used: 0, reserved: 1000 });
    expect((await owner.fetch(location, { method: 'DELETE', headers: tus })).status).toBe(204);
    expect((await owner.call(listUploads)).body.items).toEqual([]);
    expect((await owner.call(storage)).body).toMatchObject({ used: 0, reserved: 0 });
    expect(await offsetOf(location, owner)).toBe(-404);
  });

  test('the server says what it can', async () => {
    const answer = await group.visitor.fetch('/api/uploads', { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('tus-version')).toBe('1.0.0');
    expect(answer.headers.get('tus-extension')).toBe(
      'creation,creation-with-upload,expiration,termination,checksum',
    );
    expect(answer.headers.get('tus-checksum-algorithm')).toBe('sha1,sha256,md5');
  });
});

describe('quota', () => {
  test('of many uploads that race for the last bytes, exactly those win that fit', async () => {
    const small = await startGroup({ ORGANISATION_QUOTA: '1MB' });
    const owner = await small.member({ roles: ['author'] });
    const id = await draft(owner);
    const results = await Promise.all(Array.from({ length: 20 }, () => begin(id, 100_000, {}, owner)));
    const won = results.filter(({ status }) => status === 201);
    expect(won.length).toBe(10);
    expect(results.filter(({ status }) => status === 507).length).toBe(10);
    const answer = await send(id, form([{ name: 'a.txt', bytes: Buffer.alloc(100_000, 'a') }]), owner);
    expect(answer.status).toBe(507);
    expect(answer.body.type).toBe('/api/problems/blobs/over-quota');
  });

  test('equal bytes count once', async () => {
    const owner = await group.member({ roles: ['author'] });
    const bytes = Buffer.from('the same '.repeat(100));
    const id = await draft(owner);
    await send(
      id,
      form([
        { name: 'a.txt', bytes },
        { name: 'b.txt', bytes },
      ]),
      owner,
    );
    expect((await owner.call(storage)).body).toMatchObject({ used: bytes.length, reserved: 0 });
    expect(refusal(await group.visitor.call(storage)).status).toBe(401);
  });
});
