import type { EndpointDefinition, HeaderUse } from '../http/contract.ts';
import { declaredProblems, type Language, languages } from '../http/index.ts';
import { answersOf, bodyKind, headersOf, mediaTypeOf, needsBody, refusalsOf, roomOf } from './endpoints.ts';
import { usesOf } from './headers.ts';
import { Html, html } from './html.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { anyValues } from './placeholder.ts';
import { shapeText } from './shape-text.ts';
import { style } from './style.ts';
import { roomName, say } from './words.ts';

/** The readable reference: one page without scripts and without anything fetched. */
export function referencePage(endpoints: readonly EndpointDefinition[], language: Language): string {
  const rooms = new Map<string, EndpointDefinition[]>();
  for (const endpoint of endpoints) {
    const room = roomOf(endpoint);
    rooms.set(room, [...(rooms.get(room) ?? []), endpoint]);
  }
  const sorted = [...rooms].sort(([a], [b]) => a.localeCompare(b));
  const problems = declaredProblems();
  const other = languages.find((one) => one !== language) ?? language;
  return `<!doctype html>${html`<html lang="${language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title', language)} · Courseyard</title><style>${new Html(style)}</style></head>
<body><div class="page"><nav aria-label="${say('title', language)}"><strong>Courseyard</strong><ul>
${sorted.map(([room, { length }]) => html`<li><a href="#${room}">${roomName(room, language)}<small>${length}</small></a></li>`)}
<li><a href="#problems">${say('problems', language)}<small>${problems.length}</small></a></li></ul>
<div class="more"><a href="/api/openapi.json">${say('specification', language)}</a>
<a href="?language=${other}" lang="${other}">${other === 'en' ? 'English' : '中文'}</a></div></nav>
<main><h1>${say('title', language)}</h1><p class="lead">${say('lead', language)}</p>
<section class="basics" aria-label="${say('basics', language)}"><ul>
${(['authentication', 'paging', 'editing', 'errors', 'changes'] as const).map((word) => html`<li>${say(word, language)}</li>`)}
</ul></section>
${sorted.map(([room, own]) => html`<h2 id="${room}">${roomName(room, language)}</h2>${own.map((one) => endpointPart(one, language))}`)}
<h2 id="problems">${say('problems', language)}</h2>
${problems.map(
  (
    problem,
  ) => html`<div class="problem" id="problems/${problem.type}"><span class="status">${problem.status}</span>
<code>${problem.type}</code>${[language, other].map((one) => html`<p lang="${one}">${problem.says[one](anyValues as never)}</p>`)}</div>`,
)}
</main></div></body></html>`}`;
}

function endpointPart(endpoint: EndpointDefinition, language: Language): Html {
  const { method, path, asks, summary } = endpoint;
  const needs =
    typeof asks === 'string'
      ? say(asks, language)
      : `${say('asks', language)} ${asks.action} ${asks.subject}`;
  return html`<details id="${method}${path}"><summary><span class="method ${method}">${method}</span>
<code>${path}</code><span class="asks">${needs}</span><span class="says">${summary[language]}</span></summary>
<div class="inside">${parametersPart(endpoint, language)}${bodyPart(endpoint, language)}
${answersOf(endpoint).map(({ status, body, headers }) => {
  const kind = bodyKind(body);
  const text = kind === 'json' ? shapeText(jsonSchemaOf(body, 'output')) : say(kind, language);
  const heading = [`${say('answer', language)} ${status}`, kind !== 'json' && mediaTypeOf(body)];
  return html`<h3>${heading.filter(Boolean).join(' · ')}</h3><pre>${text}</pre>${answerHeaders(headers, language)}`;
})}
<h3>${say('problems', language)}</h3>${refusalsOf(endpoint).map(
    ({ status, types, headers }) =>
      html`<p>${types.map((type) => html`<a href="#problems/${type}"><code>${status} ${type}</code></a><br>`)}</p>${answerHeaders(headers, language)}`,
  )}</div></details>`;
}

const table = (rows: Html[]): Html | '' =>
  rows.length === 0 ? '' : html`<table><tbody>${rows}</tbody></table>`;

/** A row for each header, with a note on whether it is always there. */
const headerRows = (use: HeaderUse, language: Language, noteOn: (isAlways: boolean) => string): Html[] =>
  usesOf(use).map(
    ({ name, isAlways, says }) =>
      html`<tr><td><code>${name}</code></td><td class="where">${noteOn(isAlways)}</td><td>${says[language]}</td></tr>`,
  );

const answerHeaders = (use: HeaderUse, language: Language): Html | '' =>
  table(headerRows(use, language, (isAlways) => (isAlways ? '' : say('sometimes', language))));

function parametersPart(endpoint: EndpointDefinition, language: Language): Html | '' {
  const marked = (where: string, isNeeded: boolean) =>
    isNeeded ? `${where} · ${say('required', language)}` : where;
  const rows = (['params', 'query'] as const).flatMap((where) => {
    const shape = endpoint[where];
    if (!shape) return [];
    const { properties = {}, required = [] } = jsonSchemaOf(shape, 'input');
    return Object.entries(properties).map(([name, schema]) => {
      const note = marked(
        where === 'params' ? 'path' : 'query',
        required.includes(name) && schema.type !== 'array',
      );
      return html`<tr><td><code>${name}</code></td><td class="where">${note}</td><td><code>${parameterText(schema)}</code></td></tr>`;
    });
  });
  rows.push(...headerRows(headersOf(endpoint), language, (isAlways) => marked('header', isAlways)));
  return rows.length === 0 ? '' : html`<h3>${say('parameters', language)}</h3>${table(rows)}`;
}

function parameterText(schema: JsonSchema): string {
  const standard = schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`;
  return `${shapeText(schema)}${standard}`;
}

function bodyPart({ body, consumes }: EndpointDefinition, language: Language): Html | '' {
  if (!body) return '';
  const heading = [say('body', language), consumes, needsBody(body) && say('required', language)];
  const text = bodyKind(body) === 'bytes' ? say('bytes', language) : shapeText(jsonSchemaOf(body, 'input'));
  return html`<h3>${heading.filter(Boolean).join(' · ')}</h3><pre>${text}</pre>`;
}
