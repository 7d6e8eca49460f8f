import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CLIENT_HEADER, type ProblemBody } from '../../server/http/contract.ts';
import { getResource } from '../../server/resources/contract.ts';
import { draftOf } from './build-resource.ts';
import { must, type RunningGroup, type SignedIn, startGroup } from './start-group.ts';

/** What uploads that are refused are told: what is wrong, in the language of the reader, and with the field named. */

const limit = 10_000_000;
let group: RunningGroup;
let author: SignedIn;
let id: string;
beforeAll(async () => {
  group = await startGroup({ MAX_FILE_SIZE: String(limit) });
  author = await group.member({ roles: ['author'] });
  ({ id } = await draftOf(author));
}, 120_000);

const ours = { [CLIENT_HEADER.name]: CLIENT_HEADER.value };
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

async function told(answer: Response) {
  const { type, detail, errors = [] } = (await answer.json()) as ProblemBody;
  return {
    status: answer.status,
    type: type.replace('/api/problems/', ''),
    detail,
    fields: errors.map(({ field }) => field),
  };
}

async function sendForm(body: FormData | string, headers: Record<string, string> = {}) {
  const answer = await author.fetch(`/api/resources/${id}/files`, {
    method: 'POST',
    headers: { ...ours, ...headers },
    body,
  });
  return told(answer);
}

function form(name: string, fields: Record<string, string> = {}): FormData {
  const made = new FormData();
  made.append('files', new Blob(['x']), name);
  for (const [field, value] of Object.entries(fields)) made.append(field, value);
  return made;
}

const filesNow = async () => must(await author.call(getResource, { params: { id } })).body.files;

describe('a form', () => {
  test.each([
    ['a way up', '../../etc/passwd'],
    ['a NUL character', 'a\u0000b.txt'],
    ['a direction mark', 'a\u202etxt.exe'],
    ['3000 characters', 'a'.repeat(3000)],
  ])('whose path has %s is refused in words, with the path named', async (_, path) => {
    const refused = await sendForm(form('a.txt', { paths: path }));
    expect(refused).toMatchObject({ status: 400, type: 'uploads/unsafe-path', fields: ['paths.0'] });
    expect(refused.detail).toContain('改名');
    const inEnglish = await sendForm(form('a.txt', { paths: path }), { 'Accept-Language': 'en' });
    expect(isChinese(inEnglish.detail)).toBe(false);
    expect(await filesNow()).toEqual([]);
  });

  test.each(['..', '.', 'a\u202etxt.exe'])('with a file called %j is refused for its name', async (name) => {
    expect(await sendForm(form(name))).toMatchObject({ type: 'uploads/unsafe-path', fields: ['files'] });
    expect(await filesNow()).toEqual([]);
  });

  test.each([
    ['a field that is not known', form('a.txt', { foo: 'bar' }), ['foo']],
    ['a path that is none', form('a.txt', { 'paths[a]': 'b.txt' }), ['paths']],
    ['a path beyond all bounds', form('a.txt', { paths: 'a'.repeat(9000) }), ['paths']],
  ])('with %s is refused with the field named', async (_, body, fields) => {
    expect(await sendForm(body)).toMatchObject({ status: 400, type: 'uploads/bad-form', fields });
    expect(await filesNow()).toEqual([]);
  });

  test('with files in another field is refused with that field named', async () => {
    const body = new FormData();
    body.append('file', new Blob(['x']), 'a.txt');
    expect(await sendForm(body)).toMatchObject({ type: 'uploads/bad-form', fields: ['file'] });
  });

  test.each([
    ['without a boundary', 'multipart/form-data', 'x'],
    [
      'that ends in the middle',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf',
    ],
    [
      'with a broken part',
      'multipart/form-data; boundary=x',
      '--x\r\nno header at all\r\n\r\nx\r\n--x--\r\n',
    ],
  ])('%s is refused in the words of the reader alone', async (_, type, body) => {
    const chinese = await sendForm(body, { 'Content-Type': type });
    expect(chinese).toMatchObject({ status: 400, type: 'uploads/bad-form' });
    expect(chinese.detail.replace('boundary', '')).not.toMatch(/[a-z]{3}/i);
    const english = await sendForm(body, { 'Content-Type': type, 'Accept-Language': 'en' });
    expect(isChinese(english.detail)).toBe(false);
  });
});

describe('a file whose contents its name does not promise', () => {
  const send = async (name: string, bytes: Uint8Array) => {
    const body = new FormData();
    body.append('files', new Blob([new Uint8Array(bytes)]), name);
    const answer = await author.fetch(`/api/resources/${id}/files`, { method: 'POST', headers: ours, body });
    return answer.status;
  };
  /** A compound file (MS-CFB) of which only what tells it is there, with this name in a directory at its end. */
  const compound = (name: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(200_000),
      Buffer.from(name, 'utf16le'),
      Buffer.alloc(96),
    ]);
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const create = { width: 1200, height: 900, channels: 3, background: 'grey', noise } as const;

  test('is refused, but not a document with a password, which is no zip any more', async () => {
    expect(await send('旧.docx', compound('WordDocument'))).toBe(415);
    expect(await send('试卷.docx', compound('EncryptedPackage'))).toBe(201);
    expect(await send('试卷.zip', compound('EncryptedPackage'))).toBe(415);
  });

  test.each([
    ['LZW', { compression: 'lzw' }],
    ['without compression', { compression: 'none' }],
    ['of many bytes (BigTIFF)', { compression: 'lzw', bigtiff: true }],
  ] as const)('is not a TIFF %s, whose directory stands at its end', async (_, how) => {
    const tiff = await sharp({ create }).tiff(how).toBuffer();
    expect(tiff.length).toBeGreaterThan(2_000_000);
    expect(await send('图纸.tif', tiff)).toBe(201);
    expect(await send('图纸.png', tiff)).toBe(415);
  });
});

describe('a resumable upload', () => {
  const tus = { ...ours, 'Tus-Resumable': '1.0.0' };
  const metadata = (values: Record<string, string>) =>
    Object.entries(values)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(',');
  const begin = (size: number | string, values: Record<string, string> = {}) =>
    author.fetch('/api/uploads', {
      method: 'POST',
      headers: {
        ...tus,
        'Upload-Length': String(size),
        'Upload-Metadata': metadata({ filename: '大文件.txt', resource: id, ...values }),
      },
    });

  test('over the limit is refused with the name of the file', async () => {
    const refused = await told(await begin(limit + 1));
    expect(refused).toMatchObject({ status: 413, type: 'blobs/too-large' });
    expect(refused.detail).toContain('大文件.txt');
    const options = await group.visitor.fetch('/api/uploads', { method: 'OPTIONS', headers: tus });
    expect(options.headers.get('tus-max-size')).toBe(String(limit));
  });

  test.each([
    ['at once', () => new Uint8Array(20)],
    [
      'without saying how many',
      () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(new Uint8Array(20));
            controller.close();
          },
        }),
    ],
  ])('of more bytes than it declared, sent %s, is told just that', async (_, bodyOf) => {
    const location = (await begin(10)).headers.get('location') ?? '';
    const init: RequestInit = {
      method: 'PATCH',
      headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
      body: bodyOf(),
      duplex: 'half',
    };
    const refused = await told(await author.fetch(location, init));
    expect(refused).toMatchObject({ status: 413, type: 'uploads/more-than-declared' });
    expect(refused.detail).toContain('Upload-Length');
    await author.fetch(location, { method: 'DELETE', headers: tus });
  });

  test('with a path that leads out of the resource is refused in words', async () => {
    const refused = await told(await begin(10, { path: '../x' }));
    expect(refused).toMatchObject({ status: 400, type: 'uploads/unsafe-path', fields: ['path'] });
  });

  test('takes the metadata that clients send along, and names a key that nobody knows', async () => {
    const sent = { name: 'a.txt', filetype: 'text/plain', type: 'text/plain', relativePath: 'a/a.txt' };
    const taken = await begin(10, sent);
    expect(taken.status).toBe(201);
    await author.fetch(taken.headers.get('location') ?? '', { method: 'DELETE', headers: tus });
    const refused = await told(await begin(10, { foo: 'x' }));
    expect(refused).toMatchObject({ status: 400, type: 'uploads/bad-protocol' });
    expect(refused.detail).toContain('foo');
  });

  test('whose headers are wrong is told which, in the words of the reader', async () => {
    const refused = await told(await begin('abc'));
    expect(refused).toMatchObject({ status: 400, type: 'uploads/bad-protocol' });
    expect(refused.detail).toMatch(/（upload-length）/i);
  });
});
