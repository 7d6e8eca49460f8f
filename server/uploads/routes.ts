import { assertCan } from '../access/index.ts';
import { storageOf, verifyAll } from '../blobs/index.ts';
import { handle, handleOpen, handleRaw, type Route } from '../http/index.ts';
import type { Platform } from '../platform.ts';
import * as contract from './contract.ts';
import { takeForm } from './form.ts';
import { attachHeld, lookUp } from './held.ts';
import { presentUpload } from './present.ts';
import { findUpload, listUploads } from './service.ts';
import { storageFor } from './storage.ts';
import { answerOptions, answerTus } from './tus.ts';

export const routes = (platform: Platform): Route[] => [
  handleRaw(contract.uploadFiles, async ({ member, params, req, res }) => {
    const files = await takeForm(platform, member, params.id, req, res);
    const items = files.map(({ path, size, mediaType, sha256 }) => ({ path, size, mediaType, sha256 }));
    res.status(201).json({ items });
  }),
  handleOpen(contract.tellAbilities, ({ req, res }) => answerOptions(platform, req, res)),
  handleOpen(contract.tellAbilitiesOfOne, ({ req, res }) => answerOptions(platform, req, res)),
  handleRaw(contract.createUpload, ({ member, req, res }) => answerTus(platform, member, req, res)),
  handle(contract.listUploads, async ({ member, language }) => ({
    items: (await listUploads(member)).map((upload) => presentUpload(upload, language)),
  })),
  // Before GET, which Express lets answer HEAD as well.
  handleRaw(contract.getOffset, ({ member, req, res }) => answerTus(platform, member, req, res)),
  handleRaw(contract.getUpload, async ({ member, params, language, res }) => {
    const upload = presentUpload(await findUpload(member, params.id), language);
    res.setHeader('Cache-Control', 'no-store');
    res.json(contract.Upload.parse(upload));
  }),
  handleRaw(contract.continueUpload, ({ member, req, res }) => answerTus(platform, member, req, res)),
  handleRaw(contract.abandonUpload, ({ member, req, res }) => answerTus(platform, member, req, res)),
  handleRaw(contract.verifyStorage, async ({ member, res }) => {
    assertCan(member, 'read', 'job');
    res.type('application/json').setHeader('Cache-Control', 'no-store');
    const stillThere = setInterval(() => res.write(' '), 5_000); // white space before JSON keeps the connection
    try {
      res.end(JSON.stringify(contract.Verification.parse(await verifyAll(platform))));
    } finally {
      clearInterval(stillThere);
    }
  }),
  handle(contract.lookUpFiles, async ({ member, params, body }) => ({
    items: await lookUp(member, params.id, body.files),
  })),
  handle(contract.attachHeldFiles, async ({ member, params, body }) => ({
    items: await attachHeld(platform, member, params.id, body),
  })),
  handle(contract.storageCondition, ({ member }) => storageFor(member)),
  handle(contract.storage, async ({ member }) => ({
    ...(await storageOf(platform, member.organisation)),
    largestFile: platform.config.MAX_FILE_SIZE,
  })),
];
