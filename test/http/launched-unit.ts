import { randomUUID } from 'node:crypto';
import { categories, extensions, type Verb, verbs } from '../../server/cmi5/vocabulary.ts';

type Json = Record<string, unknown>;

/** A unit that was launched, as a unit speaks: only by what stands in its address. */
export interface LaunchedUnit {
  parameters: URLSearchParams;
  token: string;
  /** the `LMS.LaunchData` document */
  data: { contextTemplate: Json; launchMode: string; returnURL: string } & Json;
  ask(path: string, init?: RequestInit & { query?: Record<string, string> }): Promise<Response>;
  /** where a document of state is */
  state(stateId: string): Record<string, string>;
  /** a statement as cmi5 defines it */
  statement(verb: Verb, more?: Json, extension?: Json): Json;
  /** puts it on record; the status */
  say(verb: Verb, more?: Json, extension?: Json): Promise<number>;
}

/** Trades the key for the token and reads the launch data (cmi5, sections 8.2 and 10). */
export async function launchedUnit(url: string): Promise<LaunchedUnit> {
  const parameters = new URL(url).searchParams;
  const given = (name: string) => parameters.get(name) ?? '';
  const fetched = (await (await fetch(given('fetch'), { method: 'POST' })).json()) as Record<string, string>;
  const token = fetched['auth-token'] ?? '';
  const ask: LaunchedUnit['ask'] = (path, { query, ...init } = {}) =>
    fetch(`${given('endpoint')}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
      ...init,
      headers: {
        Authorization: `Basic ${token}`,
        'X-Experience-API-Version': '1.0.3',
        'Content-Type': 'application/json',
        ...init.headers,
      },
    });
  const [actor, registration, activityId] = ['actor', 'registration', 'activityId'].map(given);
  const state = (stateId: string) => ({
    stateId,
    activityId: activityId ?? '',
    agent: actor ?? '',
    registration: registration ?? '',
  });
  const data = (await (
    await ask('activities/state', { query: state('LMS.LaunchData') })
  ).json()) as LaunchedUnit['data'];
  const statement: LaunchedUnit['statement'] = (verb, more = {}, extension = {}) => {
    const { contextActivities, extensions: told } = data.contextTemplate as Record<string, Json>;
    const isDecisive = ['completed', 'passed', 'failed'].includes(verb);
    return {
      id: randomUUID(),
      actor: JSON.parse(actor ?? ''),
      verb: { id: verbs[verb] },
      object: { id: activityId },
      timestamp: new Date().toISOString(),
      context: {
        registration,
        contextActivities: {
          ...contextActivities,
          category: [{ id: categories.cmi5 }, ...(isDecisive ? [{ id: categories.moveOn }] : [])],
        },
        extensions: { ...told, ...extension },
      },
      ...more,
    };
  };
  return {
    parameters,
    token,
    data,
    ask,
    state,
    statement,
    async say(verb, more, extension) {
      const one = statement(verb, more, extension);
      const query = { statementId: String(one.id) };
      return (await ask('statements', { method: 'PUT', query, body: JSON.stringify(one) })).status;
    },
  };
}

/** Results as they go with the verbs. */
export const results = {
  completed: { result: { completion: true, duration: 'PT5M' } },
  passed: { result: { success: true, duration: 'PT5M', score: { scaled: 0.9 } } },
  failed: { result: { success: false, duration: 'PT5M', score: { scaled: 0.4 } } },
  terminated: { result: { duration: 'PT6M' } },
} as const;

/** The extension in which a unit repeats the score that passes. */
export const masteryOf = (share: number): Json => ({ [extensions.masteryScore]: share });
