import type { Request, Response } from 'express';
import type { Platform } from '../../platform.ts';
import { sha256 } from '../made-statement.ts';
import { DocumentModel, type StoredDocument } from '../model.ts';
import {
  badStatement,
  keepsTooMuch,
  keptMeanwhile,
  keptOtherwise,
  nothingKept,
  notYours,
} from '../problems.ts';
import { letIn, type Open } from './let-in.ts';
import {
  activityId,
  assertOwnAgent,
  assertOwnRegistration,
  bytesOf,
  momentIn,
  needed,
  parameter,
} from './request.ts';

/**
 * Documents of xAPI 1.0.3 (Communication 2.3, 2.6 and 2.7), all of them within one registration: what one package
 * keeps of a learner no other package reads.
 */

export type Kind = StoredDocument['kind'];
const mostDocuments = 100;
const isJson = (mediaType: string) => /^application\/json\b/i.test(mediaType);

interface Place {
  open: Open;
  key: Pick<StoredDocument, 'registration' | 'kind' | 'activity'>;
  /** missing where all documents of the place are meant */
  name: string | undefined;
}

/** Where a request's document is. @throws notLetIn, notYours, badStatement */
async function placeOf(platform: Platform, req: Request, kind: Kind): Promise<Place> {
  const open = await letIn(platform, req);
  if (kind !== 'activity-profile') assertOwnAgent(req, open);
  if (kind === 'state') assertOwnRegistration(req, open);
  const activity = kind === 'agent-profile' ? '' : activityId(req);
  const name = parameter(req, kind === 'state' ? 'stateId' : 'profileId');
  return { open, key: { registration: open._id, kind, activity }, name };
}

/** What the platform itself keeps there: launch data (cmi5, section 10) and preferences (section 11), to be read only. */
function given({ open: { session }, key, name }: Place): string | undefined {
  const isLaunchData =
    key.kind === 'state' && name === 'LMS.LaunchData' && key.activity === session.activityId;
  if (isLaunchData) return session.launchData;
  return key.kind === 'agent-profile' && name === 'cmi5LearnerPreferences'
    ? JSON.stringify({ languagePreference: session.language, audioPreference: 'on' })
    : undefined;
}

/** @throws notYours where the platform itself keeps the document */
function assertNotGiven(place: Place): void {
  if (given(place) !== undefined) throw notYours({ reason: '10.1: the document is the platform’s own' });
}

const etagOf = (content: string): string => sha256(content).slice(0, 40);

export async function getDocument(
  platform: Platform,
  req: Request,
  res: Response,
  kind: Kind,
): Promise<void> {
  const place = await placeOf(platform, req, kind);
  if (place.name === undefined) {
    const since = momentIn(req, 'since');
    const found = await DocumentModel.find({
      ...place.key,
      ...(since && { updatedAt: { $gt: since } }),
    }).lean();
    res.json(found.map(({ name }) => name));
    return;
  }
  const ours = given(place);
  if (ours !== undefined) {
    res.setHeader('ETag', `"${etagOf(ours)}"`);
    res.type('application/json').send(ours);
    return;
  }
  const found = await DocumentModel.findOne({ ...place.key, name: place.name }).lean();
  if (!found) throw nothingKept({});
  res.setHeader('ETag', `"${found.etag}"`);
  res.setHeader('Last-Modified', found.updatedAt.toUTCString());
  res.setHeader('Content-Type', found.mediaType);
  res.send(Buffer.from(found.content.buffer));
}

/** Keeps a document, in place of another (`PUT`) or laid over it, name by name (`POST`, Communication 2.2). */
export async function keepDocument(
  platform: Platform,
  req: Request,
  res: Response,
  kind: Kind,
): Promise<void> {
  const place = await placeOf(platform, req, kind);
  const { key, open } = place;
  const name = needed(req, kind === 'state' ? 'stateId' : 'profileId');
  assertNotGiven(place);
  const before = await DocumentModel.findOne({ ...key, name }).lean();
  assertMatches(req, kind, before?.etag);
  const mediaType = (req.headers['content-type'] ?? 'application/octet-stream').slice(0, 200);
  const content = req.method === 'POST' && before ? laidOver(before, mediaType, bytesOf(req)) : bytesOf(req);
  if (req.method === 'POST' && isJson(mediaType)) objectIn(content);
  if (!before && (await DocumentModel.countDocuments({ registration: key.registration })) >= mostDocuments)
    throw keepsTooMuch({});
  const etag = etagOf(content.toString('base64'));
  const { modifiedCount, upsertedCount } = await DocumentModel.updateOne(
    { ...key, name, ...(before && { etag: before.etag }) },
    { $set: { mediaType, content, etag, updatedAt: platform.clock(), expiresAt: open.expiresAt } },
    { upsert: !before },
  );
  if (modifiedCount + upsertedCount === 0) throw keptMeanwhile({});
  res.setHeader('ETag', `"${etag}"`);
  res.status(204).end();
}

export async function dropDocument(
  platform: Platform,
  req: Request,
  res: Response,
  kind: Kind,
): Promise<void> {
  const place = await placeOf(platform, req, kind);
  const { key, name } = place;
  if (name === undefined && kind !== 'state') throw badStatement({ reason: 'parameter profileId' });
  if (name !== undefined) assertNotGiven(place);
  if (name !== undefined && req.headers['if-match'] !== undefined) {
    const before = await DocumentModel.findOne({ ...key, name }).lean();
    assertMatches(req, kind, before?.etag);
  }
  await DocumentModel.deleteMany({ ...key, ...(name !== undefined && { name }) });
  res.status(204).end();
}

/** Communication 3.1: conditions are kept; a profile is not written over unseen. @throws keptMeanwhile, keptOtherwise */
function assertMatches(req: Request, kind: Kind, etag: string | undefined): void {
  const { 'if-match': wanted, 'if-none-match': unwanted } = req.headers;
  const names = (header: string) => header.split(',').map((one) => one.trim().replace(/^(W\/)?"|"$/g, ''));
  const has = (header: string) =>
    etag !== undefined && (header.trim() === '*' || names(header).includes(etag));
  if (wanted !== undefined && !has(wanted)) throw keptMeanwhile({});
  if (unwanted !== undefined && has(unwanted)) throw keptMeanwhile({});
  const isUnseen = wanted === undefined && unwanted === undefined && etag !== undefined;
  if (isUnseen && kind !== 'state' && req.method === 'PUT') throw keptOtherwise({});
}

function laidOver({ mediaType, content }: StoredDocument, given: string, body: Buffer): Buffer {
  if (!isJson(mediaType) || !isJson(given)) throw badStatement({ reason: 'only JSON is laid over JSON' });
  return Buffer.from(JSON.stringify({ ...objectIn(Buffer.from(content.buffer)), ...objectIn(body) }));
}

function objectIn(content: Buffer): object {
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch {
    throw badStatement({ reason: 'the document is no JSON' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badStatement({ reason: 'the document is no object' });
  return value;
}
