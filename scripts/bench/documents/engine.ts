import { startEngine } from '../../../storage/documents/embedded/start.ts';

/**
 * The embedded engine in a process of its own, so that its memory can be told from its callers': `node engine.js
 * FILE` sends `{ url }`, and answers any message with what the whole process took: MiB of memory `now` and at `most`,
 * and microseconds of `work`.
 */
const [file] = process.argv.slice(2);
if (!file) throw new Error('Name a file');
const engine = await startEngine({ file, log: (message) => process.stderr.write(`${message}\n`) });

process.on('message', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const now = process.memoryUsage().rss / 1_048_576;
  process.send?.({ now, most: maxRSS / 1024, work: userCPUTime + systemCPUTime });
});
process.on('disconnect', () => engine.close());
process.send?.({ url: engine.urlFor('bench') });
