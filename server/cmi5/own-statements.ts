import { randomUUID } from 'node:crypto';
import { iriFor } from './made-statement.ts';
import type { StoredRegistration, StoredSession } from './model.ts';
import { satisfiedIn } from './satisfaction.ts';
import type { Statement } from './statement.ts';
import type { Block, Course, Unit } from './structure.ts';
import { activityTypes, categories, extensions, type Verb, verbs } from './vocabulary.ts';

/** The statements that the platform itself makes, in the place that cmi5 gives to the LMS (sections 9.3 and 9.6). */

interface Made {
  verb: Verb;
  session: Pick<StoredSession, 'id' | 'registration' | 'actor'>;
  object: Statement['object'];
  /** the publisher's identifier of what it is about (section 9.6.2.3) */
  publisherId: string;
  context?: Record<string, unknown>;
  result?: NonNullable<Statement['result']>;
  now: Date;
}

function made({ verb, session, object, publisherId, context, result, now }: Made): Statement {
  return {
    id: randomUUID(),
    actor: session.actor,
    verb: { id: verbs[verb], display: { en: verb } },
    object,
    ...(result && { result }),
    context: {
      registration: session.registration,
      contextActivities: {
        category: [{ id: categories.cmi5 }],
        grouping: [{ id: publisherId }],
      },
      extensions: { [extensions.session]: session.id, ...context },
    },
    timestamp: now.toISOString(),
  };
}

/** Section 9.3.1, with the extensions that sections 9.6.3.2 to 9.6.3.7 ask for. */
export const launched = (session: StoredSession, unit: Unit, launchUrl: string, now: Date): Statement =>
  made({
    verb: 'launched',
    session,
    object: { objectType: 'Activity', id: session.activityId },
    publisherId: unit.id,
    context: {
      [extensions.launchMode]: session.mode,
      [extensions.launchUrl]: launchUrl,
      [extensions.moveOn]: unit.moveOn,
      ...(unit.masteryScore !== undefined && { [extensions.masteryScore]: unit.masteryScore }),
      ...(unit.launchParameters !== undefined && { [extensions.launchParameters]: unit.launchParameters }),
    },
    now,
  });

/** Section 9.3.6; the duration is that from the launch to the unit's last statement (section 9.5.4.2). */
export const abandoned = (session: StoredSession, now: Date): Statement =>
  made({
    verb: 'abandoned',
    session,
    object: { objectType: 'Activity', id: session.activityId },
    publisherId: session.unit,
    result: { duration: `PT${(session.lastAt.getTime() - session.launchedAt.getTime()) / 1000}S` },
    now,
  });

/** "satisfied" for blocks and the course, once each in a registration (section 9.3.9), with all that are by now. */
export function newlySatisfied(
  course: Course,
  { satisfied, resource }: Pick<StoredRegistration, 'satisfied' | 'resource'>,
  standings: StoredRegistration['standings'],
  session: StoredSession,
  now: Date,
): { satisfied: string[]; statements: Statement[] } {
  const done = satisfiedIn(course, standings);
  const fresh = groupsOf(course).filter(({ id }) => done.has(id) && !satisfied.includes(id));
  return {
    satisfied: [...satisfied, ...fresh.map(({ id }) => id)],
    statements: fresh.map(({ id, kind }) =>
      made({
        verb: 'satisfied',
        session,
        object: {
          objectType: 'Activity',
          id: iriFor(resource, kind, id),
          definition: { type: activityTypes[kind] },
        },
        publisherId: id,
        now,
      }),
    ),
  };
}

/** Blocks, inner ones first, and the course last. */
function groupsOf(course: Course): { id: string; kind: 'block' | 'course' }[] {
  const blocks = (children: readonly (Unit | Block)[]): { id: string; kind: 'block' }[] =>
    children.flatMap((child) =>
      child.kind === 'block' ? [...blocks(child.children), { id: child.id, kind: 'block' as const }] : [],
    );
  return [...blocks(course.children), { id: course.id, kind: 'course' }];
}
