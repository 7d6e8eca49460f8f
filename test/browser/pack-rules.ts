import { zipOf } from '../zip-of.ts';

const manifest = (version: string, items: string) => `<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>及格线</title>${items}</organization></organizations>
  <resources><resource identifier="r" type="webcontent" href="index.html"/></resources>
</manifest>`;

const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><p id="told"></p><script>const tell = (text) => { document.getElementById('told').textContent = text; };${script}</script>`;

/** Tells what it was given and leaves with 45 points and the word `completed`. */
export const judged12 = () =>
  zipOf({
    'imsmanifest.xml': manifest(
      '1.2',
      '<item identifier="one" identifierref="r"><title>一</title><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:datafromlms>初始数据</adlcp:datafromlms><adlcp:masteryscore>60</adlcp:masteryscore></item>',
    ),
    'index.html': page(`
      const api = parent.API;
      api.LMSInitialize('');
      const names = ['student_data.mastery_score', 'student_data.max_time_allowed', 'student_data.time_limit_action', 'launch_data'];
      tell(names.map((name) => api.LMSGetValue('cmi.' + name)).join(' | '));
      api.LMSSetValue('cmi.core.score.raw', '45');
      api.LMSSetValue('cmi.core.lesson_status', 'completed');
      api.LMSFinish('');`),
  });

export const judged2004 = () =>
  zipOf({
    'imsmanifest.xml': manifest(
      '2004 4th Edition',
      '<item identifier="one" identifierref="r"><title>一</title><adlcp:dataFromLMS>数据</adlcp:dataFromLMS><adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8"/><imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="goal" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>',
    ),
    'index.html': page(`
      const api = parent.API_1484_11;
      api.Initialize('');
      const names = ['scaled_passing_score', 'completion_threshold', 'launch_data', 'objectives.0.id'];
      tell(names.map((name) => api.GetValue('cmi.' + name)).join(' | '));
      api.SetValue('cmi.score.scaled', '0.5');
      api.SetValue('cmi.progress_measure', '0.9');
      api.SetValue('cmi.completion_status', 'incomplete');
      api.Terminate('');`),
  });

/** Three parts, each with buttons that ask for another one. */
export const asking = () =>
  zipOf({
    'imsmanifest.xml': manifest(
      '2004 4th Edition',
      ['one', 'two', 'three']
        .map(
          (id) =>
            `<item identifier="${id}" identifierref="r" parameters="?${id}"><title>${id}</title></item>`,
        )
        .join(''),
    ),
    'index.html': page(`
      const api = parent.API_1484_11;
      api.Initialize('');
      tell('部分 ' + location.search);
      for (const wish of ['continue', 'previous', '{target=three}choice', 'exitAll'])
        document.body.append(Object.assign(document.createElement('button'), { textContent: wish, onclick: () => {
          api.SetValue('adl.nav.request', wish);
          api.Terminate('');
        } }));`),
  });

export const broken: Record<string, [files: Record<string, string>, says: string]> = {
  '坏清单.zip': [
    { 'imsmanifest.xml': '<manifest><org', 'index.html': '<p>x' },
    '课件清单（imsmanifest.xml）已损坏',
  ],
  '缺首页.zip': [
    {
      'imsmanifest.xml': manifest('1.2', '<item identifier="one" identifierref="r"><title>一</title></item>'),
    },
    '清单中的起始页“index.html”不在包内',
  ],
  '坏书.epub': [{ mimetype: 'application/epub+zip', 'a.txt': 'x' }, '电子书不完整'],
};
