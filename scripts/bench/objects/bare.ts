/** What the product is compared with: the same libraries as they come, neither hashing nor making durable. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { ZipArchive } from 'archiver';
import express from 'express';
import multer from 'multer';
import { listen } from '../../../server/listen.ts';

const folder = process.argv[2] ?? '';
await mkdir(join(folder, 'form'), { recursive: true });
const tus = new Server({
  path: '/tus',
  relativeLocation: true,
  datastore: new FileStore({ directory: join(folder, 'tus') }),
});
const app = express();
const form = multer({ storage: multer.diskStorage({ destination: join(folder, 'form') }) });
app.post('/form', form.array('files'), (_req, res) => void res.status(201).json({}));
app.all(['/tus', '/tus/{*id}'], (req, res) => tus.handle(req, res));
app.get('/file', async (_req, res) => {
  const [name = ''] = await readdir(join(folder, 'form'));
  res.sendFile(join(folder, 'form', name));
});
app.get('/zip', async (_req, res) => {
  const [name = ''] = await readdir(join(folder, 'form'));
  const archive = new ZipArchive({ store: true });
  archive.pipe(res);
  archive.file(join(folder, 'form', name), { name: 'a.bin' });
  await archive.finalize();
});
app.delete('/', async (_req, res) => {
  for (const kind of ['form', 'tus'])
    for (const name of await readdir(join(folder, kind))) await rm(join(folder, kind, name));
  res.end();
});
const { port } = await listen(app, 0, '127.0.0.1');
process.send?.({ port });
process.on('disconnect', () => process.exit());
