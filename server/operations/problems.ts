import { defineProblem } from '../http/index.ts';

export const metricsClosed = defineProblem({
  type: 'operations/metrics-closed',
  status: 403,
  says: {
    'zh-CN': () =>
      '运行指标只在本机开放。请在 Authorization 中以 Bearer 方式提交 METRICS_TOKEN，或先设置 METRICS_TOKEN。',
    en: () =>
      'Figures are told on this machine only. Send METRICS_TOKEN as a Bearer in Authorization; set it first if it is not.',
  },
});
