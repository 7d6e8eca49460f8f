import type { Topic } from '../content.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** The questions of a topic as an exercise that any learning platform runs and keeps the score of: SCORM 1.2. */
export const exercise = (topic: Topic): ReadonlyMap<string, Buffer> =>
  new Map([
    ['imsmanifest.xml', Buffer.from(manifest(topic))],
    ['index.html', Buffer.from(page(topic))],
    ['exercise.css', Buffer.from(style)],
    ['exercise.js', Buffer.from(script)],
  ]);

/** SCORM 1.2 Content Aggregation Model, section 2.3. */
const manifest = ({ key, title }: Topic): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="courseyard-${key}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${escaped(title)}</title>
      <item identifier="exercise" identifierref="page"><title>课堂检测</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/><file href="exercise.css"/><file href="exercise.js"/>
    </resource>
  </resources>
</manifest>
`;

function page({ title, questions }: Topic): string {
  const asked = questions.map(({ ask, options, answer }, q) => {
    const choices = options.map(
      (option, o) => `<label><input type="radio" name="q${q}" value="${o}"> ${escaped(option)}</label>`,
    );
    return `<fieldset data-answer="${answer}"><legend>${q + 1}. ${escaped(ask)}</legend>${choices.join('')}</fieldset>`;
  });
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><link rel="stylesheet" href="exercise.css"></head>
<body><h1>${escaped(title)}：课堂检测</h1>
<form>${asked.join('\n')}<button>交卷</button> <output role="status"></output></form>
<script src="exercise.js"></script></body>
</html>
`;
}

const style = `body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.6 system-ui, sans-serif; color: #1f2524; background: #fff; }
h1 { font-size: 1.4rem; }
fieldset { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid #d8d5cf; border-radius: 8px; }
legend { font-weight: 600; }
label { display: block; padding: .25rem 0; }
.right { border-color: #3d6b3f; background: #f1f7f1; }
.wrong { border-color: #a8452c; background: #fcf3f0; }
button { padding: .5rem 1.25rem; border: 0; border-radius: 8px; font: inherit; color: #fff; background: #0f6e84; }
output { margin-left: 1rem; font-weight: 600; }
`;

/** Tells the platform of the score (SCORM 1.2 Run-Time Environment, section 3); without one it is just a page. */
const script = `function find(at) { for (var i = 0; at && i < 9; i++, at = at.parent === at ? null : at.parent) if (at.API) return at.API; }
var api = find(window);
if (api) { api.LMSInitialize(''); if (api.LMSGetValue('cmi.core.lesson_status') === 'not attempted') api.LMSSetValue('cmi.core.lesson_status', 'incomplete'); api.LMSCommit(''); }
document.querySelector('form').addEventListener('submit', function (event) {
  event.preventDefault();
  var all = Array.from(document.querySelectorAll('fieldset'));
  var right = all.filter(function (one) {
    var chosen = one.querySelector('input:checked');
    var good = Boolean(chosen) && chosen.value === one.dataset.answer;
    one.className = good ? 'right' : 'wrong';
    return good;
  }).length;
  var score = Math.round((right / all.length) * 100);
  document.querySelector('output').textContent = '得分 ' + score + '（答对 ' + right + ' / ' + all.length + ' 题）';
  if (!api) return;
  api.LMSSetValue('cmi.core.score.min', '0');
  api.LMSSetValue('cmi.core.score.max', '100');
  api.LMSSetValue('cmi.core.score.raw', String(score));
  api.LMSSetValue('cmi.core.lesson_status', score >= 60 ? 'passed' : 'failed');
  api.LMSCommit('');
});
`;
