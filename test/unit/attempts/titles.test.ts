import { expect, test } from '@jest/globals';
import { titlesOf } from '../../../server/attempts/titles.ts';

test('parts of a package are called by the titles of their items, not of what is around or inside of them', () => {
  const xml = `<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><organizations><organization>
    <title>课程</title>
    <item identifier="one"><title>第一课 &amp; 试切</title><item identifier="inner"><title>练习</title></item>
      <metadata><title>不是标题</title></metadata></item>
    <item identifier="two"/>
  </organization></organizations></manifest>`;
  expect([...titlesOf(xml)]).toEqual([
    ['one', '第一课 & 试切'],
    ['inner', '练习'],
  ]);
});
