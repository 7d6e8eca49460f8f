import type { Logger } from 'pino';
import type { SearchEngine } from '../../storage/search/search-index.ts';
import { assertCan, type Member } from '../access/index.ts';
import {
  badCursor,
  handle,
  handlePage,
  type Language,
  pageWriter,
  type Route,
  unavailable,
} from '../http/index.ts';
import { readableByTitle, staleResources } from '../resources/index.ts';
import { readQuery } from './analysis/index.ts';
import * as contract from './contract.ts';
import type { Indexer } from './indexer.ts';
import { KeptPages } from './kept-pages.ts';
import { neighboursOf } from './neighbours.ts';
import { presentFacets, presentHits, presentTitleHit } from './present.ts';
import { type QuestionLog, reportOf } from './question-log.ts';
import type { SearchRoom } from './room.ts';
import * as saved from './saved-searches.ts';
import { type Asked, askedBy, search, sizeRanges, startOfDay } from './service.ts';
import { similarHits } from './similar.ts';
import { suggestFor } from './suggestions.ts';

/** Bytes of answers: about six hundred. */
const pagesKept = 16 * 1024 * 1024;

export function routes(
  room: SearchRoom,
  engine: SearchEngine,
  indexer: Indexer,
  questions: QuestionLog,
  log: Logger,
): Route[] {
  const pages = new KeptPages(room, pagesKept);
  const write = pageWriter(contract.search);
  const current = async () => {
    try {
      return await engine.current();
    } catch (error) {
      if (!isNamed(error, 'SearchUnavailable')) throw error;
      log.warn({ err: error }, 'search engine does not answer');
      throw unavailable({ engine: engine.name });
    }
  };
  const state = async () => ({
    engine: engine.name,
    version: (await current())?.version ?? null,
    behind: (await staleResources(10_000)).length,
    comparing: indexer.progress ?? null,
    compared: indexer.compared ?? null,
  });
  return [
    handle(contract.getIndexState, async ({ member }) => {
      assertCan(member, 'read', 'job');
      return state();
    }),
    handle(contract.rebuildIndex, async ({ member }) => {
      assertCan(member, 'edit', 'job');
      indexer.rebuild();
      return state();
    }),
    handlePage(contract.search, async ({ member, query, language }) => {
      const { limit, cursor, ...question } = query;
      const asked: Asked = { ...askedBy(question), limit, cursor };
      try {
        const index = await engine.current();
        if (index) {
          const key = [query, language, startOfDay(room.now())];
          const { page, isEmpty } = await pages.get(index, member, key, async () => {
            const found = await answer(room, index, member, asked, language);
            return { page: write(found), isEmpty: isFruitless(found) };
          });
          if (cursor === undefined)
            questions.note(asked.q, 'asked', ...(isEmpty ? (['empty'] as const) : []));
          return page;
        }
      } catch (error) {
        if (isNamed(error, 'UnknownCursor')) throw badCursor({});
        if (!isNamed(error, 'SearchUnavailable')) throw error;
        log.warn({ err: error }, 'search engine does not answer, searching titles in the database');
      }
      return answerByTitle(room, member, asked);
    }),
    handle(contract.suggest, async ({ member, query: { q, limit } }) => {
      try {
        return { items: await suggestFor(room, await engine.current(), member, q, limit) };
      } catch (error) {
        if (!isNamed(error, 'SearchUnavailable')) throw error;
        return { items: await suggestFor(room, undefined, member, q, limit) };
      }
    }),
    handlePage(contract.similarTo, async ({ member, params, query }) => {
      const hits = await similarHits(room, await reachable(engine), member, params.id, query.limit);
      return { items: await presentHits(hits) };
    }),
    handle(contract.listSavedSearches, async ({ member }) => ({
      items: await saved.listSaved(room, await reachable(engine), member),
    })),
    handle(contract.saveSearch, async ({ member, body }) => saved.save(room, member, body.question)),
    handle(contract.markSearchSeen, async ({ member, params }) => saved.markSeen(room, member, params.id)),
    handle(contract.forgetSearch, async ({ member, params }) => saved.forget(member, params.id)),
    handle(contract.hitOpened, async ({ body }) => questions.note(body.q, 'opened')),
    handle(contract.searchReport, async ({ member, query }) => {
      await questions.flush();
      return reportOf(member, room.now(), query.days);
    }),
  ];
}

/** Whether who asked got nothing of what they asked for. */
const isFruitless = ({ total, strictness, didYouMean }: Awaited<ReturnType<typeof answer>>): boolean =>
  total === 0 || strictness === 'any' || didYouMean?.answered === true;

/** The index that answers now; undefined while the engine is away. */
async function reachable(engine: SearchEngine) {
  try {
    return await engine.current();
  } catch (error) {
    if (isNamed(error, 'SearchUnavailable')) return undefined;
    throw error;
  }
}

async function answer(
  room: SearchRoom,
  index: Parameters<typeof search>[1],
  member: Member,
  asked: Asked,
  language: Language,
) {
  const {
    answer: found,
    own,
    needles,
    strictness,
    missing,
    didYouMean,
    next,
  } = await search(room, index, member, asked);
  const [items, facets] = await Promise.all([
    presentHits(found.hits, own, needles),
    presentFacets(found.facets, language),
  ]);
  const nothing = found.total === 0 && asked.q.trim() !== '';
  return {
    items,
    total: found.total,
    facets,
    sizes: sizeRanges.map((range, at) => ({ ...range, count: found.buckets.size?.[at] ?? 0 })),
    strictness,
    degraded: false,
    ...(next !== undefined && { next }),
    ...(missing && { missing }),
    ...(didYouMean && { didYouMean }),
    ...(nothing && { neighbours: neighboursOf(room, readQuery(asked.q, room.analysis.dictionary)) }),
  };
}

/** What can be said without the engine, from the database: titles, tags and terms that hold the words. */
async function answerByTitle(room: SearchRoom, member: Member, asked: Asked) {
  const words = readQuery(asked.q, room.analysis.dictionary).words.map(({ text, longer }) => longer ?? text);
  const named = words.map((text) => ({
    text,
    codes: room.words.known.filter((term) => term.words.includes(text)).map(({ code }) => code),
  }));
  const page = await readableByTitle(member, named, asked);
  return {
    items: await Promise.all(page.items.map((resource) => presentTitleHit(member, resource, words))),
    total: page.items.length,
    facets: {},
    sizes: [],
    strictness: 'words' as const,
    degraded: true,
    ...(page.next !== undefined && { next: page.next }),
  };
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
