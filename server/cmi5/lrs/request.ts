import type { Request } from 'express';
import { badStatement, notYours } from '../problems.ts';
import { Agent, isSameAgent } from '../statement.ts';
import type { Open } from './let-in.ts';

/** A parameter that stands once. @throws badStatement when it is repeated or too long */
export function parameter(req: Request, name: string): string | undefined {
  const value = req.query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value.length > 4000) throw badStatement({ reason: `parameter ${name}` });
  return value;
}

/** @throws badStatement when it is missing */
export function needed(req: Request, name: string): string {
  const value = parameter(req, name);
  if (!value) throw badStatement({ reason: `parameter ${name}` });
  return value;
}

/** The body as JSON. @throws badStatement */
export function jsonBody(req: Request): unknown {
  try {
    return JSON.parse(bytesOf(req).toString('utf8'));
  } catch {
    throw badStatement({ reason: 'the body is no JSON' });
  }
}

export const bytesOf = (req: Request): Buffer => (Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));

/** The learner whom a request is about is that of the session. @throws badStatement, notYours */
export function assertOwnAgent(req: Request, { actor }: Open): void {
  let agent: unknown;
  try {
    agent = JSON.parse(needed(req, 'agent'));
  } catch {
    throw badStatement({ reason: 'parameter agent' });
  }
  const parsed = Agent.safeParse(agent);
  if (!parsed.success) throw badStatement({ reason: 'parameter agent' });
  if (!isSameAgent(parsed.data, actor)) throw notYours({ reason: '9.2: another agent' });
}

/** A registration that is named is that of the session. @throws notYours */
export function assertOwnRegistration(req: Request, { _id }: Open): void {
  const given = parameter(req, 'registration');
  if (given !== undefined && given.toLowerCase() !== _id)
    throw notYours({ reason: '9.6.1: another registration' });
}

/** An IRI that names an activity. @throws badStatement */
export function activityId(req: Request): string {
  const id = needed(req, 'activityId');
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(id)) throw badStatement({ reason: 'parameter activityId' });
  return id;
}

/** A moment in a parameter. @throws badStatement */
export function momentIn(req: Request, name: string): Date | undefined {
  const value = parameter(req, name);
  if (value === undefined) return undefined;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) throw badStatement({ reason: `parameter ${name}` });
  return moment;
}
