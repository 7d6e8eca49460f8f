import { zipOf } from '../zip-of.ts';

const text = (zh: string, en: string) =>
  `<langstring lang="zh-CN">${zh}</langstring><langstring lang="en-US">${en}</langstring>`;
const named = (zh: string, en: string) =>
  `<title>${text(zh, en)}</title><description>${text(`${zh}的说明`, `About ${en}`)}</description>`;

/** Identifiers of the units in `lathe`. */
export const units = {
  theory: 'https://example.org/lathe/theory',
  exam: 'https://example.org/lathe/exam',
  elsewhere: 'https://example.org/lathe/elsewhere',
} as const;

/** A course structure of one block with a lesson and an examination, and a unit on another site. */
export const courseXml = (more = ''): string => `<?xml version="1.0" encoding="utf-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd" xmlns:v="https://example.org/vendor">
  <course id="https://example.org/lathe">${named('车床操作', 'Running a lathe')}<v:title>no title of ours</v:title></course>
  <block id="https://example.org/lathe/block">${named('第一部分', 'Part one')}
    <au id="${units.theory}" moveOn="Completed">${named('理论', 'Theory')}
      <url><![CDATA[ lesson/index.html?page=1&look=big ]]></url><launchParameters> slow=1 </launchParameters><entitlementKey>k-1</entitlementKey></au>
    <au id="${units.exam}" moveOn="CompletedAndPassed" masteryScore="0.8" launchMethod="OwnWindow">${named('考核', 'Examination')}
      <url>lesson/index.html?page=exam</url></au>
  </block>
  <au id="${units.elsewhere}" moveOn="NotApplicable">${named('外部资料', 'Elsewhere')}<url>https://example.org/else.html</url></au>${more}
</courseStructure>`;

/** What a unit does by itself: fetch, launch data, preferences, "initialized"; then what its buttons say. */
const page = `<!doctype html><meta charset="utf-8"><h1 id="place">…</h1>
<button id="complete">完成</button><button id="pass">通过</button><button id="exit">退出</button><script>
  const launch = new URLSearchParams(location.search);
  const endpoint = launch.get('endpoint'), registration = launch.get('registration'), activityId = launch.get('activityId');
  const actor = JSON.parse(launch.get('actor'));
  const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  let headers, data;
  const state = (stateId) => endpoint + 'activities/state?' + new URLSearchParams({ stateId, activityId, registration, agent: JSON.stringify(actor) });
  const say = (verb, result, decisive) => {
    const context = structuredClone(data.contextTemplate);
    context.registration = registration;
    context.contextActivities.category = [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }, ...(decisive ? [{ id: 'https://w3id.org/xapi/cmi5/context/categories/moveon' }] : [])];
    const statement = { id: uuid(), actor, verb: { id: 'http://adlnet.gov/expapi/verbs/' + verb }, object: { id: activityId }, context, timestamp: new Date().toISOString(), ...(result && { result }) };
    return fetch(endpoint + 'statements?statementId=' + statement.id, { method: 'PUT', headers, body: JSON.stringify(statement) });
  };
  (async () => {
    const { 'auth-token': token } = await (await fetch(launch.get('fetch'), { method: 'POST' })).json();
    headers = { Authorization: 'Basic ' + token, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' };
    data = await (await fetch(state('LMS.LaunchData'), { headers })).json();
    const before = await fetch(state('bookmark'), { headers });
    document.getElementById('place').textContent = data.launchMode + ': ' + (before.ok ? await before.text() : '从头开始');
    await say('initialized');
  })();
  document.getElementById('complete').onclick = async () => {
    await fetch(state('bookmark'), { method: 'PUT', headers: { ...headers, 'Content-Type': 'text/plain' }, body: '第三页' });
    const answer = await say('completed', { completion: true, duration: 'PT1M' }, true);
    document.getElementById('place').textContent = 'completed: ' + answer.status;
  };
  document.getElementById('pass').onclick = async () => {
    const score = { scaled: 0.9 };
    data.contextTemplate.extensions['https://w3id.org/xapi/cmi5/context/extensions/masteryscore'] = data.masteryScore;
    const answer = await say('passed', { success: true, score, duration: 'PT1M' }, true);
    document.getElementById('place').textContent = 'passed: ' + answer.status;
  };
  document.getElementById('exit').onclick = async () => {
    await say('terminated', { duration: 'PT2M' });
    location.href = data.returnURL;
  };
</script>`;

/** A package of cmi5, small and whole. */
export const lathe = (): Promise<Buffer> => zipOf({ 'cmi5.xml': courseXml(), 'lesson/index.html': page });
