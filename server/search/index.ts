import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { readTradeTerms } from './analysis/dictionary.ts';
import { Analysis } from './analysis/index.ts';
import { indexSettings } from './index-settings.ts';
import { Indexer } from './indexer.ts';
import type { SearchRoom } from './room.ts';
import { routes } from './routes.ts';
import { VocabularyWords } from './vocabulary-words.ts';

/** Search and suggestions, and the indexer that keeps them up to date. */
export function createSearch(platform: Platform): Feature {
  const { log, clock, search: engine, config } = platform;
  const tradeTerms = readTradeTerms();
  const analysis = new Analysis(tradeTerms);
  const words = new VocabularyWords(analysis, (error) => log.warn({ err: error }, 'vocabularies not read'));
  const room: SearchRoom = { analysis, words, now: () => clock().getTime() };
  const indexer = new Indexer({
    engine,
    settings: indexSettings(tradeTerms),
    analysis,
    log,
  });
  return {
    name: 'search',
    routes: routes(room, engine, indexer, log),
    async start() {
      await words.read();
      if (!config.WORKERS && engine.name !== 'embedded') return;
      await indexer.prepare();
      indexer.start();
    },
    stop: () => indexer.stop(),
  };
}
