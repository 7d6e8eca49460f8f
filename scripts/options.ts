import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * What a command was called with. `--help` tells how it is used and ends it with 0; an option that it does not know, or
 * that lacks its value, ends it with 2 and a sentence that says so.
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
) {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return misused(usage, (error as Error).message);
  }
}

/** Ends a command that was called in a way that makes no sense. */
export function misused(usage: string, sentence: string): never {
  process.stderr.write(`${sentence}\n${usage}\n`);
  process.exit(2);
}
