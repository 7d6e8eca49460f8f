import type { Feature } from '../feature.ts';
import type { Platform } from '../platform.ts';
import { readTradeTerms } from './analysis/dictionary.ts';
import { Analysis } from './analysis/index.ts';
import { indexSettings } from './index-settings.ts';
import { Indexer } from './indexer.ts';
import { QuestionLog } from './question-log.ts';
import type { SearchRoom } from './room.ts';
import { routes } from './routes.ts';
import { VocabularyWords } from './vocabulary-words.ts';

/** Search and suggestions, and the indexer that keeps them up to date; `analysis` where the process has one already. */
export function createSearch(platform: Platform, analysis = new Analysis()): Feature {
  const { log, clock, search: engine, config } = platform;
  const words = new VocabularyWords(analysis, (error) => log.warn({ err: error }, 'vocabularies not read'));
  const room: SearchRoom = { analysis, words, now: () => clock().getTime() };
  const indexer = new Indexer({
    engine,
    settings: indexSettings(readTradeTerms()),
    analysis,
    log,
  });
  const questions = new QuestionLog(room.now, (error) => log.warn({ err: error }, 'questions not counted'));
  return {
    name: 'search',
    routes: routes(room, engine, indexer, questions, log),
    async start() {
      await words.read();
      if (!config.WORKERS && engine.name !== 'embedded') return;
      await indexer.prepare();
      indexer.start();
    },
    async stop() {
      await questions.flush();
      await indexer.stop();
    },
  };
}
