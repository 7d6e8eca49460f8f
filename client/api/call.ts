import {
  type AnswerOf,
  type EndpointDefinition,
  type InputOf,
  type ProblemBody,
  requestOf,
} from '../../server/http/contract.ts';
import { shellText } from '../i18n/index.ts';
import { asProblem, ProblemError } from './problem-error.ts';
import { signInAgain } from './session.ts';

/**
 * Calls an endpoint of a contract. The session and language cookies travel with it.
 * @throws ProblemError with the server's words, or with our own when no answer came
 */
export async function call<E extends EndpointDefinition>(
  definition: E,
  input: InputOf<E> = {},
  signal?: AbortSignal,
): Promise<AnswerOf<E>> {
  const [address, init] = requestOf(definition, input);
  let response = await ask(address, { ...init, signal });
  if (!response.ok) {
    const refusal = await problemIn(response);
    const toTell = definition.method === 'get' ? refusal : await signInAgain(refusal);
    if (toTell) throw new ProblemError(toTell);
    response = await ask(address, { ...init, signal });
    if (!response.ok) throw new ProblemError(await problemIn(response));
  }
  return (await contentOf(response)) as AnswerOf<E>;
}

async function ask(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemError(ownProblem(0, shellText('unreachable'), shellText('unreachable.detail')));
  }
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return response.headers.get('Content-Type')?.includes('json') ? response.json() : response.text();
}

/** What a refusal says; of one that is not ours only the status is known. */
async function problemIn(response: Response): Promise<ProblemBody> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => undefined);
  return asProblem(body) ?? ownProblem(status, shellText('failed'), shellText('failed.detail', { status }));
}

const ownProblem = (status: number, title: string, detail: string): ProblemBody => ({
  type: status === 0 ? 'client/unreachable' : 'client/unknown',
  title,
  status,
  detail,
});
