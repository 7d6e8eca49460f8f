import { beforeAll, expect, test } from '@jest/globals';
import { type EndpointDefinition, languages } from '../../../server/http/contract.ts';
import { roomOf } from '../../../server/reference/endpoints.ts';
import { roomName } from '../../../server/reference/words.ts';
import { everyEndpoint, nameOf } from '../../http/every-endpoint.ts';

/** What every contract says to the readers of the reference is said in both languages, each in its own. */

let endpoints: EndpointDefinition[];
beforeAll(async () => {
  endpoints = await everyEndpoint();
});

const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
const isEnglish = (text: string) => /^[A-Z]/.test(text) && !isChinese(text.replace(/\(.*\)/g, ''));

test('every endpoint says what it does in whole sentences, in Chinese and in English', () => {
  const wrong = endpoints.filter(
    ({ summary: { 'zh-CN': chinese, en } }) =>
      !(isChinese(chinese) && chinese.endsWith('。') && isEnglish(en) && en.endsWith('.')),
  );
  expect(endpoints.length).toBeGreaterThan(100);
  expect(wrong.map(nameOf)).toEqual([]);
});

test('no two endpoints say the same', () => {
  for (const language of languages) {
    const said = endpoints.map(({ summary }) => summary[language]);
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
  }
});

test('every room has a name in both languages', () => {
  const rooms = [...new Set(endpoints.map(roomOf))];
  const wrong = rooms.filter(
    (room) => !(isChinese(roomName(room, 'zh-CN')) && isEnglish(roomName(room, 'en'))),
  );
  expect(wrong).toEqual([]);
});
