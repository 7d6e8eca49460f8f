import type { Attempt } from './queries.ts';
import type { ScormAsks, ScormManifest } from './scorm-manifest.ts';

type Cmi = Attempt['cmi'];

/**
 * The data model that a learner begins with: what was noted last, under today's name, and what the manifest asks for.
 * By that, scorm-again judges what is credited when the learner leaves (1.2 RTE 3.4.4; 2004 4th ed. RTE 4.2.22).
 */
export function beginning(
  runtime: ScormManifest['runtime'],
  cmi: Cmi,
  asks: ScormAsks,
  learner: { id: string; name: string },
): { cmi: Cmi } {
  const entry = Object.keys(cmi).length === 0 ? 'ab-initio' : 'resume';
  return {
    cmi: runtime === 'scorm12' ? begin12(cmi, asks, learner, entry) : begin2004(cmi, asks, learner, entry),
  };
}

function begin12(cmi: Cmi, asks: ScormAsks, { id, name }: { id: string; name: string }, entry: string): Cmi {
  const { mastery = '', longest = '', atLimit = '', data = '' } = asks;
  return {
    ...cmi,
    core: {
      ...(cmi.core as object | undefined),
      student_id: id,
      student_name: name,
      entry,
      credit: 'credit',
      lesson_mode: 'normal',
      exit: undefined,
    },
    student_data: {
      ...(cmi.student_data as object | undefined),
      mastery_score: mastery,
      max_time_allowed: longest,
      time_limit_action: atLimit,
    },
    launch_data: data,
  };
}

function begin2004(
  cmi: Cmi,
  asks: ScormAsks,
  { id, name }: { id: string; name: string },
  entry: string,
): Cmi {
  const { passing = '', completion = '', longest = '', atLimit = '', data = '', objectives = [] } = asks;
  return {
    ...cmi,
    learner_id: id,
    learner_name: name,
    entry,
    credit: 'credit',
    mode: 'normal',
    exit: undefined,
    scaled_passing_score: passing,
    completion_threshold: completion,
    max_time_allowed: longest,
    ...(atLimit && { time_limit_action: atLimit }),
    launch_data: data,
    ...(entry === 'ab-initio' &&
      objectives.length > 0 && { objectives: objectives.map((one) => ({ id: one })) }),
  };
}
