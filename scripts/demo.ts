import { setTimeout } from 'node:timers/promises';
import { search } from '../server/search/contract.ts';
import { fill } from './demo/fill.ts';
import { report } from './demo/report.ts';
import { callerOf } from './instance/caller.ts';
import { type Instance, withInstance } from './instance/with-instance.ts';

/**
 * Fills an instance, running or stopped, with a believable group; doing it again changes nothing. `--json` prints
 * accounts and resources for programs, otherwise a table for people.
 */
const isForPrograms = process.argv.includes('--json');
const say = isForPrograms ? () => {} : (line: string) => void process.stderr.write(`  ${line}\n`);

/** The index follows by itself; whoever has filled an instance wants to find things in it at once. */
async function untilFound({ address, token }: Instance, least: number): Promise<void> {
  const operator = callerOf(address, { Authorization: `Bearer ${token}` });
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const { total } = search.answers[200].parse(await (await operator.send('/api/search?limit=1')).json());
    if (total >= least) return;
    await setTimeout(500);
  }
}

try {
  const ledger = await withInstance(async (instance, config) => {
    const filled = await fill(instance, config, say);
    await untilFound(instance, 50);
    return filled;
  });
  process.stdout.write(report(ledger, isForPrograms));
  process.exit(0);
} catch (error) {
  process.stderr.write(`The demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
