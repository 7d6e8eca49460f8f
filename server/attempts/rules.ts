import type { Attempt, Reached } from './contract.ts';
import { secondsIn } from './durations.ts';

type Cmi = Attempt['cmi'];

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** What was achieved, out of the data model of SCORM 1.2 (`core`) or 2004 (status beside each other). */
export function standingOf(cmi: Cmi): Pick<Attempt, 'progress' | 'score'> {
  const core = partOf(cmi, 'core');
  return { progress: progressOf(cmi, core), score: scoreOf(partOf(core ?? cmi, 'score')) };
}

function progressOf(cmi: Cmi, core: unknown): Attempt['progress'] {
  const said = statusIn(cmi, core);
  if (said.includes('passed')) return 'passed';
  if (said.includes('failed')) return 'failed';
  if (said.includes('completed')) return 'completed';
  return said.includes('incomplete') || said.includes('browsed') ? 'incomplete' : 'not-started';
}

const statusIn = (cmi: Cmi, core: unknown): unknown[] =>
  core === undefined ? [cmi.success_status, cmi.completion_status] : [partOf(core, 'lesson_status')];

/** Raw points; where a package gives only its share of what can be reached (2004), that share of 100. */
function scoreOf(score: unknown): number | null {
  const [raw, scaled] = [partOf(score, 'raw'), partOf(score, 'scaled')].map(numberOf);
  if (raw !== undefined) return raw;
  return scaled === undefined ? null : Math.round(scaled * 100);
}

function numberOf(value: unknown): number | undefined {
  const number = value === '' || value === null || value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A result, with what is needed to go on counting. */
export type Counted = Reached & {
  /** The total time that the package told last, in seconds. */
  clock: number;
  /** The opening in which it was told. */
  opening: string;
};

/**
 * What a member has reached, after their package has told how it stands. What was reached once stays so: whoever starts
 * over loses nothing. A clock that begins anew is added to what was counted before.
 */
export function reachedAfter(before: Counted | undefined, cmi: Cmi, opening: string): Counted {
  const core = partOf(cmi, 'core');
  const said = statusIn(cmi, core);
  const { score } = standingOf(cmi);
  const clock = secondsIn(partOf(core ?? cmi, 'total_time'));
  // SCORM 1.2 says one word for both: what was judged has come to its end.
  const isOver =
    said.includes('completed') || (core !== undefined && /^(passed|failed)$/.test(String(said[0])));
  const success = said.includes('passed') ? 'passed' : said.includes('failed') ? 'failed' : 'unknown';
  const scores = [before?.score, score].filter((one) => typeof one === 'number');
  const ticked = before && clock >= before.clock ? clock - before.clock : clock;
  return {
    openings: (before?.openings ?? 0) + (before?.opening === opening ? 0 : 1),
    completion: isOver || before?.completion === 'completed' ? 'completed' : 'incomplete',
    success: before?.success === 'passed' || success === 'unknown' ? (before?.success ?? success) : success,
    score: scores.length > 0 ? Math.max(...scores) : null,
    seconds: (before?.seconds ?? 0) + ticked,
    clock,
    opening,
  };
}
