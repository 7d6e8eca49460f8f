import {
  type AnswerOf,
  type EndpointDefinition,
  type InputOf,
  requestOf,
} from '../../server/http/contract.ts';

/** Somebody who calls the API. */
export interface Caller {
  /** @throws with what the instance answered, when it refuses */
  call<E extends EndpointDefinition>(endpoint: E, input?: InputOf<E>): Promise<AnswerOf<E>>;
  /** Everything else. */
  send(path: string, init?: RequestInit): Promise<Response>;
}

/** Calls an instance with these headers: a session cookie or a token. */
export function callerOf(address: string, headers: Record<string, string>): Caller {
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(address + path, { ...init, headers: { ...init.headers, ...headers } });
    if (answer.ok) return answer;
    throw new Error(`${init.method ?? 'GET'} ${path} answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    send,
    async call(endpoint, input = {}) {
      const answer = await send(...requestOf(endpoint, input));
      return (answer.status === 204 ? undefined : await answer.json()) as AnswerOf<typeof endpoint>;
    },
  };
}

/** The session cookie that signing in sets. */
export const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
