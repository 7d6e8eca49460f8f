import { secondsIn } from '../attempts/index.ts';
import type { LaunchMode, Standing } from './satisfaction.ts';
import { type Agent, contextIds, isSameAgent, type Statement } from './statement.ts';
import { categories, extensions, type Verb, verbs, voided } from './vocabulary.ts';

/** A launch of a unit, until it is terminated or abandoned (cmi5, section 3.0, Session). */
export interface Session {
  id: string;
  registration: string;
  actor: Agent;
  /** the publisher's identifier of the unit, and ours, which is told at launch */
  unit: string;
  activityId: string;
  mode: LaunchMode;
  masteryScore?: number;
  /** "cmi5 defined" verbs that have been said */
  said: Verb[];
  /** the unit's own moment of "terminated" */
  terminatedAt?: string;
  /** time spent in it, as far as its statements tell */
  seconds?: number;
}

/** Why a statement is refused; the number is the standard's section. */
export type Objection = `${number}.${string}`;

const byUnits = ['initialized', 'completed', 'passed', 'failed', 'terminated'] as const;
const judgements: readonly Verb[] = ['passed', 'failed'];
const needDuration: readonly Verb[] = ['completed', 'passed', 'failed', 'terminated'];

/** A "cmi5 defined" statement bears the category of cmi5 (section 7.1.3). */
export const isDefined = (statement: Statement): boolean =>
  contextIds(statement, 'category').includes(categories.cmi5);

/** The verb of a "cmi5 defined" statement that units may make. */
export const verbOf = ({ verb }: Statement): (typeof byUnits)[number] | undefined =>
  byUnits.find((name) => verbs[name] === verb.id);

/** What speaks against a statement in this session; undefined when it is in order. */
export function objectionTo(
  statement: Statement,
  session: Session,
  standing: Standing | undefined,
): Objection | undefined {
  return (
    objectionToFrame(statement, session) ??
    objectionToOrder(statement, session) ??
    (isDefined(statement)
      ? (objectionToVerb(statement, session, standing) ?? objectionToResult(statement, session))
      : undefined)
  );
}

/** Who says it, of which registration and session (sections 9.2, 9.6 and 9.7). */
function objectionToFrame(statement: Statement, session: Session): Objection | undefined {
  const { context, timestamp } = statement;
  if (!isSameAgent(statement.actor, session.actor)) return '9.2: the actor is not that of the launch';
  if (statement.verb.id === voided) return '6.3: units take no statements back';
  if (timestamp === undefined) return '9.7: it has no timestamp';
  if (context?.registration !== session.registration) return '9.6.1: it is of another registration';
  if (context.extensions?.[extensions.session] !== session.id) return '9.6.3.1: it is of another session';
  if (!contextIds(statement, 'grouping').includes(session.unit))
    return '9.6.2.3: the grouping of the context template is missing';
  return undefined;
}

/** "initialized" comes first, "terminated" last (section 9.3). What was said before it may arrive a little later. */
function objectionToOrder(statement: Statement, { said, terminatedAt }: Session): Objection | undefined {
  const isFirst = isDefined(statement) && verbOf(statement) === 'initialized';
  if (!said.includes('initialized') && !isFirst) return '9.3: the first statement is not "initialized"';
  const isLate =
    terminatedAt !== undefined && Date.parse(statement.timestamp ?? '') > Date.parse(terminatedAt);
  return isLate ? '9.3.8: the unit has said "terminated"' : undefined;
}

function objectionToVerb(
  statement: Statement,
  { activityId, said, mode }: Session,
  standing: Standing | undefined,
): Objection | undefined {
  const { object } = statement;
  const verb = verbOf(statement);
  if (verb === undefined) return '9.3: the verb is not for units to say';
  const isAboutUnit = (object.objectType ?? 'Activity') === 'Activity' && 'id' in object;
  if (!isAboutUnit || object.id !== activityId) return '9.4: the object is not the unit that was launched';
  if (said.includes(verb)) return '9.3: the verb was said before in this session';
  if (mode !== 'Normal' && verb !== 'initialized' && verb !== 'terminated')
    return '10.2.2: nothing is judged in this launch mode';
  if (judgements.includes(verb) && said.some((one) => judgements.includes(one)))
    return '9.3: one session says "passed" or "failed" once';
  if (verb === 'completed' && standing?.completed !== undefined)
    return '9.3.3: it is completed in this registration';
  if (judgements.includes(verb) && standing?.passed !== undefined)
    return '9.3.4: it is passed in this registration';
  return undefined;
}

/** What a result says goes with the verb (sections 9.5 and 9.6.2.2). */
function objectionToResult(statement: Statement, session: Session): Objection | undefined {
  const { result = {}, context } = statement;
  const verb = verbOf(statement);
  const isJudged = verb === 'passed' || verb === 'failed';
  if (result.success !== (isJudged ? verb === 'passed' : undefined))
    return '9.5.2: success does not go with the verb';
  if (result.completion !== (verb === 'completed' ? true : undefined))
    return '9.5.3: completion does not go with the verb';
  if (verb && needDuration.includes(verb) && result.duration === undefined)
    return '9.5.4: the duration is missing';
  const isDecisive = isJudged || verb === 'completed';
  if (contextIds(statement, 'category').includes(categories.moveOn) !== isDecisive)
    return '9.6.2.2: the category of moveOn does not go with the verb';
  const progress = result.extensions?.[extensions.progress];
  if (progress !== undefined && !isPercent(progress)) return '9.5.5.1: progress is no whole percentage';
  if (result.score === undefined) return undefined;
  if (!isJudged) return '9.5.1: a score does not go with the verb';
  const told = context?.extensions?.[extensions.masteryScore];
  if (told !== undefined && told !== session.masteryScore)
    return '9.6.3.2: masteryScore is not that of the launch';
  return objectionToScore(result.score, verb, session.masteryScore);
}

function objectionToScore(
  { scaled, raw, min, max }: NonNullable<NonNullable<Statement['result']>['score']>,
  verb: 'passed' | 'failed',
  mastery: number | undefined,
): Objection | undefined {
  if (scaled !== undefined && scaled < 0) return '9.5.1: scaled is not between 0 and 1';
  if (raw !== undefined && !(min !== undefined && max !== undefined && min <= raw && raw <= max))
    return '9.5.1: raw is not between min and max';
  if (scaled === undefined || mastery === undefined) return undefined;
  const isEnough = scaled >= mastery;
  if (verb === 'passed' && !isEnough) return '9.3.4: the score is below masteryScore';
  return verb === 'failed' && isEnough ? '9.3.5: the score reaches masteryScore' : undefined;
}

const isPercent = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;

/** The session and the standing after a statement that is in order. */
export function after(
  statement: Statement,
  session: Session,
  standing: Standing = { unit: session.unit },
): { session: Session; standing: Standing } {
  const { timestamp = '', result } = statement;
  const verb = isDefined(statement) ? verbOf(statement) : undefined;
  if (verb === undefined) return { session, standing };
  const progress = result?.extensions?.[extensions.progress];
  const isKept = session.mode === 'Normal';
  const timed = spent(session, standing, secondsIn(result?.duration));
  return {
    session: {
      ...timed.session,
      said: [...session.said, verb],
      ...(verb === 'terminated' && { terminatedAt: timestamp }),
    },
    standing: {
      ...timed.standing,
      ...(isKept && (verb === 'completed' || judgements.includes(verb)) && { [verb]: timestamp }),
      ...(isKept && result?.score?.scaled !== undefined && { score: result.score.scaled }),
      ...(isKept && typeof progress === 'number' && { progress }),
    },
  };
}

/** A session that has lasted so long by now, and its standing: what it had told before is counted already. */
export function spent<S extends Pick<Session, 'seconds'>>(
  session: S,
  standing: Standing,
  seconds: number,
): { session: S; standing: Standing } {
  const added = seconds - (session.seconds ?? 0);
  if (added <= 0) return { session, standing };
  return {
    session: { ...session, seconds },
    standing: { ...standing, seconds: (standing.seconds ?? 0) + added },
  };
}
