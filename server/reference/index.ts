import type { Feature } from '../feature.ts';
import type { EndpointDefinition } from '../http/contract.ts';
import {
  declaredProblems,
  handleRaw,
  type Language,
  noSuchAddress,
  type Packed,
  packText,
  type Route,
  sendPacked,
} from '../http/index.ts';
import * as contract from './contract.ts';
import { type Instance, openApiOf } from './openapi.ts';
import { referencePage } from './page.ts';

/** The API's description of itself, made of every feature's endpoints and its own. */
export function referenceFeature(others: readonly EndpointDefinition[], instance: Instance): Feature {
  const endpoints = [...others, ...Object.values(contract)];
  const askAgain = { 'Cache-Control': 'no-cache' };
  // Both say the same until the next start, and are the largest texts of all: written and compressed once.
  let api: Promise<Packed> | undefined;
  const pages = new Map<Language, Promise<Packed>>();
  const routes: Route[] = [
    handleRaw(contract.openApi, async ({ req, res }) => {
      api ??= packText(JSON.stringify(openApiOf(endpoints, instance)), 'application/json; charset=utf-8');
      await sendPacked(req, res, await api, askAgain);
    }),
    handleRaw(contract.docs, async ({ query, language, req, res }) => {
      const wanted = query.language ?? language;
      const page =
        pages.get(wanted) ?? packText(referencePage(endpoints, wanted), 'text/html; charset=utf-8');
      pages.set(wanted, page);
      await sendPacked(req, res, await page, askAgain);
    }),
    handleRaw(contract.explainProblem, async ({ params, res }) => {
      const known = declaredProblems().some(({ type }) => type === params.type);
      if (!known) throw noSuchAddress({});
      res.redirect(`/api/docs#problems/${params.type}`);
    }),
  ];
  return { name: 'reference', routes };
}
