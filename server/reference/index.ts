import type { Feature } from '../feature.ts';
import type { EndpointDefinition } from '../http/contract.ts';
import { declaredProblems, handle, handleRaw, noSuchAddress, type Route } from '../http/index.ts';
import * as contract from './contract.ts';
import { type Instance, openApiOf } from './openapi.ts';
import { referencePage } from './page.ts';

/** The API's description of itself, made of every feature's endpoints and its own. */
export function referenceFeature(others: readonly EndpointDefinition[], instance: Instance): Feature {
  const endpoints = [...others, ...Object.values(contract)];
  let api: ReturnType<typeof openApiOf> | undefined;
  const routes: Route[] = [
    handle(contract.openApi, async () => {
      api ??= openApiOf(endpoints, instance);
      return api;
    }),
    handleRaw(contract.docs, async ({ query, language, res }) => {
      res.type('html').setHeader('Cache-Control', 'no-cache');
      res.send(referencePage(endpoints, query.language ?? language));
    }),
    handleRaw(contract.explainProblem, async ({ params, res }) => {
      const known = declaredProblems().some(({ type }) => type === params.type);
      if (!known) throw noSuchAddress({});
      res.redirect(`/api/docs#problems/${params.type}`);
    }),
  ];
  return { name: 'reference', routes };
}
