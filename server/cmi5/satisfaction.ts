import type { Block, Course, MoveOn, Unit } from './structure.ts';

/** What a learner has reached in one unit within a registration. Moments are those of the statements. */
export interface Standing {
  /** the publisher's identifier of the unit */
  unit: string;
  completed?: string;
  passed?: string;
  failed?: string;
  /** the last score that was told, a share between 0 and 1 */
  score?: number;
  /** how far the learner says to be, in percent */
  progress?: number;
  /** time spent in all sessions; missing in what was stored before it was counted */
  seconds?: number;
}

/** `Browse`: to look around, nothing is kept; `Review`: to look again at what is done (cmi5, section 10.2.2). */
export type LaunchMode = 'Normal' | 'Browse' | 'Review';

/** Whether a unit counts as done (section 13.1.4, moveOn). */
export function isUnitSatisfied(moveOn: MoveOn, { completed, passed }: Partial<Standing> = {}): boolean {
  switch (moveOn) {
    case 'Passed':
      return passed !== undefined;
    case 'Completed':
      return completed !== undefined;
    case 'CompletedAndPassed':
      return completed !== undefined && passed !== undefined;
    case 'CompletedOrPassed':
      return completed !== undefined || passed !== undefined;
    case 'NotApplicable':
      return true;
  }
}

/**
 * Identifiers of everything that is satisfied: units by their moveOn, a block or the course when everything in it is
 * (section 9.3.9).
 */
export function satisfiedIn(course: Course, standings: readonly Standing[]): Set<string> {
  const byUnit = new Map(standings.map((standing) => [standing.unit, standing]));
  const satisfied = new Set<string>();
  const visit = (node: Unit | Block | Course): boolean => {
    const isDone =
      'children' in node
        ? node.children.map(visit).every(Boolean)
        : isUnitSatisfied(node.moveOn, byUnit.get(node.id));
    if (isDone) satisfied.add(node.id);
    return isDone;
  };
  visit(course);
  return satisfied;
}

/**
 * What a unit that has nothing more to tell is opened for: a second "completed" or "passed" in a registration would be
 * refused (section 9.3), so what is done is opened for review.
 */
export function launchModeFor({ moveOn }: Pick<Unit, 'moveOn'>, standing?: Standing): LaunchMode {
  const isDone =
    standing?.passed !== undefined || (standing?.completed !== undefined && standing.failed === undefined);
  return isDone && isUnitSatisfied(moveOn, standing) ? 'Review' : 'Normal';
}

/** A standing in the words of SCORM 2004's data model, in which attempts are kept. */
export function cmiOf({
  completed,
  passed,
  failed,
  score,
  progress,
  seconds = 0,
}: Standing): Record<string, unknown> {
  return {
    completion_status: completed === undefined ? 'incomplete' : 'completed',
    success_status: passed !== undefined ? 'passed' : failed !== undefined ? 'failed' : 'unknown',
    ...(score !== undefined && { score: { scaled: score } }),
    ...(progress !== undefined && { progress_measure: progress / 100 }),
    total_time: `PT${seconds}S`,
  };
}
