import type { Request, Response } from 'express';
import type { Platform } from '../../platform.ts';
import { packedOf } from '../course.ts';
import { digestOf, stored } from '../made-statement.ts';
import { StatementModel, type StoredStatement } from '../model.ts';
import { newlySatisfied } from '../own-statements.ts';
import { badStatement, keepsTooMuch, keptOtherwise, nothingKept, notYours } from '../problems.ts';
import { noteStanding, record, settle } from '../registration.ts';
import { after, objectionTo } from '../session-rules.ts';
import { Statement } from '../statement.ts';
import { letIn, type Open } from './let-in.ts';
import { assertOwnAgent, assertOwnRegistration, jsonBody, momentIn, needed, parameter } from './request.ts';

const mostAtOnce = 200;
const mostOfAll = 10_000;
const mostTries = 10;
const pageSize = 100;

/** `PUT /statements` (xAPI 1.0.3, Communication 2.1.1) */
export async function putStatement(platform: Platform, req: Request, res: Response): Promise<void> {
  const id = needed(req, 'statementId').toLowerCase();
  const [given] = parse(jsonBody(req));
  if (!given || (given.id ?? id) !== id) throw badStatement({ reason: 'statementId' });
  await take(platform, req, [{ ...given, id }]);
  res.status(204).end();
}

/** `POST /statements` (Communication 2.1.2): all of them or none. */
export async function postStatements(platform: Platform, req: Request, res: Response): Promise<void> {
  res.status(200).json(await take(platform, req, parse(jsonBody(req))));
}

function parse(body: unknown): Statement[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  if (list.length > mostAtOnce) throw keepsTooMuch({});
  return list.map((one) => {
    const result = Statement.safeParse(one);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw badStatement({ reason: `${issue?.path.join('.') || 'statement'}: ${issue?.message ?? ''}` });
  });
}

/** Records what is in order. @returns the identifiers @throws notLetIn, notYours, keptOtherwise, keepsTooMuch */
async function take(platform: Platform, req: Request, given: readonly Statement[]): Promise<string[]> {
  for (let tries = 0; tries < mostTries; tries++) {
    const before = await letIn(platform, req);
    const taken = await recordAll(platform, before, given);
    if (taken) return taken;
  }
  throw new Error('A registration is changed all the time');
}

async function recordAll(
  platform: Platform,
  before: Open,
  given: readonly Statement[],
): Promise<string[] | undefined> {
  await settle(before);
  const fresh = await unknownOf(before, given);
  if (before.statements + fresh.length > mostOfAll) throw keepsTooMuch({});
  const now = platform.clock();
  let { standings } = before;
  let session: Open['session'] = { ...before.session, lastAt: now };
  for (const statement of fresh) {
    const standing = standings.find(({ unit }) => unit === session.unit);
    const reason = objectionTo(statement, session, standing);
    if (reason) throw notYours({ reason });
    const next = after(statement, session, standing);
    session = { ...session, ...next.session };
    standings = [...standings.filter(({ unit }) => unit !== session.unit), next.standing];
  }
  const { course } = await packedOf(platform, before.blob);
  const isJudged = session.mode === 'Normal';
  const group = newlySatisfied(course, before, standings, session, now);
  const made = [...fresh, ...(isJudged ? group.statements : [])].map((one, index) =>
    stored(one, before, before.statements + index, now),
  );
  if (made.length > 0) {
    const progress = { session, standings, ...(isJudged && { satisfied: group.satisfied }) };
    if (!(await record(before, progress, made))) return undefined;
  }
  await noteStanding(before, standings, session, now);
  const fixed = new Map(fresh.map((one, index) => [one, made[index]?.statement ?? '']));
  return given.map((one) => one.id ?? fixed.get(one) ?? '');
}

/** Those that are not recorded yet. @throws keptOtherwise when one of another content has the identifier */
async function unknownOf({ _id }: Open, given: readonly Statement[]): Promise<Statement[]> {
  const ids = given.flatMap(({ id }) => id ?? []);
  if (new Set(ids).size < ids.length) throw badStatement({ reason: 'an id stands twice' });
  const found = await StatementModel.find({ registration: _id, statement: { $in: ids } }).lean();
  const digests = new Map(found.map(({ statement, digest }) => [statement, digest]));
  return given.filter((one) => {
    const before = digests.get(one.id ?? '');
    if (before !== undefined && before !== digestOf(one)) throw keptOtherwise({});
    return before === undefined;
  });
}

/** `GET /statements` (Communication 2.1.3), within the registration of the session. */
export async function getStatements(platform: Platform, req: Request, res: Response): Promise<void> {
  const open = await letIn(platform, req);
  await settle(open);
  res.setHeader('X-Experience-API-Consistent-Through', platform.clock().toISOString());
  const id = parameter(req, 'statementId');
  if (id !== undefined) {
    const one = await StatementModel.findOne({ registration: open._id, statement: id.toLowerCase() }).lean();
    if (!one) throw nothingKept({});
    res.type('application/json').send(one.json);
    return;
  }
  if (parameter(req, 'voidedStatementId') !== undefined) throw nothingKept({});
  assertOwnRegistration(req, open);
  if (req.query.agent !== undefined) assertOwnAgent(req, open);
  const limit = Math.min(Number(parameter(req, 'limit')) || pageSize, pageSize);
  const found = await StatementModel.find(filterOf(req, open))
    .sort({ turn: isAscending(req) ? 1 : -1 })
    .limit(limit + 1)
    .lean();
  const page = found.slice(0, limit);
  const more = found.length > limit ? moreOf(req, page.at(-1)) : '';
  const list = page.map(({ json }) => json).join(',');
  res.type('application/json').send(`{"statements":[${list}],"more":${JSON.stringify(more)}}`);
}

const isAscending = (req: Request) => parameter(req, 'ascending') === 'true';

function filterOf(req: Request, { _id }: Open) {
  const [verb, activity] = [parameter(req, 'verb'), parameter(req, 'activity')];
  const [since, until] = [momentIn(req, 'since'), momentIn(req, 'until')];
  const from = Number.parseInt(parameter(req, 'from') ?? '', 10);
  const isRelated = parameter(req, 'related_activities') === 'true';
  return {
    registration: _id,
    ...(verb !== undefined && { verb }),
    ...(activity !== undefined && (isRelated ? { related: activity } : { activity })),
    ...((since || until) && {
      storedAt: { ...(since && { $gt: since }), ...(until && { $lte: until }) },
    }),
    ...(Number.isInteger(from) && { turn: isAscending(req) ? { $gt: from } : { $lt: from } }),
  };
}

/** Where the next page is, relative to the host (Communication 2.1.3, `more`). */
function moreOf(req: Request, last: StoredStatement | undefined): string {
  const url = new URL(req.originalUrl, 'http://records.invalid');
  url.searchParams.set('from', String(last?.turn ?? 0));
  return url.pathname + url.search;
}
