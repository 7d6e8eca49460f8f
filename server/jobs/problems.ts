import { defineProblem } from '../http/index.ts';

export const jobRuns = defineProblem({
  type: 'jobs/running',
  status: 409,
  says: {
    'zh-CN': () => '任务正在运行，请等它结束后再操作。',
    en: () => 'The job is running. Wait until it has ended.',
  },
});

export const jobRepeats = defineProblem({
  type: 'jobs/repeating',
  status: 409,
  says: {
    'zh-CN': () => '这是定期任务，系统需要它，不能移除。',
    en: () => 'This job runs again and again and the product needs it; it cannot be removed.',
  },
});

export const jobNotStoppable = defineProblem({
  type: 'jobs/not-stoppable',
  status: 409,
  says: {
    'zh-CN': () => '任务没有在运行，或者不能中途停止；排队中的任务可以移除。',
    en: () => 'The job does not run, or cannot be stopped midway. One that waits can be removed.',
  },
});
