import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoBackend } from '@agendajs/mongo-backend';
import { mongodbAdapter } from '@better-auth/mongo-adapter';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Agenda } from 'agenda';
import { betterAuth } from 'better-auth';
import { organization } from 'better-auth/plugins';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { connectDocuments, type Documents } from '../../storage/documents/connect.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-libraries-'));
let documents: Documents;
let client: MongoClient;

beforeAll(async () => {
  documents = await connectDocuments({ dataDir: folder });
  client = await MongoClient.connect(documents.url);
});

afterAll(async () => {
  await client.close();
  await documents.close();
  rmSync(folder, { recursive: true });
});

test('mongoose keeps, finds, changes and protects documents', async () => {
  const Course = mongoose.model(
    'Course',
    new mongoose.Schema(
      { code: { type: String, unique: true }, hours: Number, tags: [String] },
      { timestamps: true },
    ),
  );
  await Course.init();
  const { _id } = await Course.create({ code: 'CNC-1', hours: 48, tags: ['数控'] });

  await expect(Course.create({ code: 'CNC-1' })).rejects.toMatchObject({
    code: 11000,
    keyPattern: { code: 1 },
    keyValue: { code: 'CNC-1' },
  });
  await Course.updateOne({ tags: '数控' }, { $inc: { hours: 16 }, $push: { tags: '车工' } });

  expect(await Course.findById(_id).lean()).toMatchObject({
    code: 'CNC-1',
    hours: 64,
    tags: ['数控', '车工'],
  });
  expect(await Course.countDocuments({ hours: { $gt: 60 } })).toBe(1);
});

test('better-auth signs people up and in, and keeps their organisations', async () => {
  const auth = betterAuth({
    database: mongodbAdapter(client.db(), { transaction: false }),
    secret: 'only-for-this-test-only-for-this-test',
    baseURL: 'http://localhost',
    emailAndPassword: { enabled: true },
    plugins: [organization()],
  });
  const body = { email: 'li@school.example', password: 'a long pass phrase', name: '李老师' };
  await auth.api.signUpEmail({ body });
  const { headers } = await auth.api.signInEmail({ body, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const signedIn = new Headers({ cookie });

  await auth.api.createOrganization({ body: { name: '第一职业学校', slug: 'first' }, headers: signedIn });
  await expect(
    auth.api.createOrganization({ body: { name: '另一所', slug: 'first' }, headers: signedIn }),
  ).rejects.toThrow();

  expect(await auth.api.getSession({ headers: signedIn })).toMatchObject({ user: { email: body.email } });
  expect(await auth.api.listOrganizations({ headers: signedIn })).toMatchObject([{ slug: 'first' }]);
  await expect(
    auth.api.signInEmail({ body: { ...body, password: 'a wrong pass phrase' } }),
  ).rejects.toThrow();
});

test('Agenda runs a job once and keeps its outcome', async () => {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: client.db() as never }),
    processEvery: 200,
  });
  let runs = 0;
  const done = new Promise<void>((resolve) => {
    agenda.define('derive', async () => {
      runs++;
      resolve();
    });
  });
  await agenda.start();
  await agenda.now('derive', { blob: 'b1' });
  await done;
  await agenda.stop();

  expect(runs).toBe(1);
  const jobs = await client.db().collection('agendaJobs').find({ name: 'derive' }).toArray();
  expect(jobs).toMatchObject([{ data: { blob: 'b1' } }]);
});
