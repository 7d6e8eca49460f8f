import type { Attempt } from './contract.ts';

type Cmi = Attempt['cmi'];

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** What was achieved, out of the data model of SCORM 1.2 (`core`) or 2004 (status beside each other). */
export function standingOf(cmi: Cmi): Pick<Attempt, 'progress' | 'score'> {
  const core = partOf(cmi, 'core');
  return { progress: progressOf(cmi, core), score: scoreOf(partOf(core ?? cmi, 'score')) };
}

function progressOf(cmi: Cmi, core: unknown): Attempt['progress'] {
  const said =
    core === undefined ? [cmi.success_status, cmi.completion_status] : [partOf(core, 'lesson_status')];
  if (said.includes('passed')) return 'passed';
  if (said.includes('failed')) return 'failed';
  if (said.includes('completed')) return 'completed';
  return said.includes('incomplete') || said.includes('browsed') ? 'incomplete' : 'not-started';
}

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
