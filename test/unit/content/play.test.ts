import { expect, test } from '@jest/globals';
import { withBridge } from '../../../server/content/play.ts';

const bridge = '<script src="/player/bridge.js"></script>';
const bridged = (text: string, isXml = false) =>
  withBridge(Buffer.from(text, 'latin1'), isXml).toString('latin1');

test('the bridge stands before the first element of a page, and behind the type of document that must come first', () => {
  expect(bridged('<p>x')).toBe(`${bridge}<p>x`);
  expect(bridged('<!-- saved --> <!DOCTYPE html>\n<html><head>')).toBe(
    `<!-- saved --> <!DOCTYPE html>${bridge}\n<html><head>`,
  );
  expect(bridged('\xef\xbb\xbf<?xml version="1.0"?><!doctype html><html>')).toBe(
    `\xef\xbb\xbf<?xml version="1.0"?><!doctype html>${bridge}<html>`,
  );
});

test('no trick puts a script before the bridge', () => {
  for (const trick of [
    '<!--<head>--><script>1</script>',
    '<!-- --!><script>1</script><head> -->',
    '<!--><script>1</script><head>-->',
    '<p title="<head>"><script>1</script>',
    '<!doctype html [><script>1</script><head>]>',
  ]) {
    const made = bridged(trick);
    expect([trick, made.indexOf(bridge) < made.indexOf('<script>1')]).toEqual([trick, true]);
    expect(made.slice(0, made.indexOf(bridge))).not.toMatch(/<!--(?![\s\S]*-->)/);
  }
});

test('in XHTML it is the first thing inside of the root', () => {
  const page = '<!DOCTYPE html [<!ENTITY a "b">]><html xmlns="http://www.w3.org/1999/xhtml" lang="zh">';
  expect(bridged(`${page}<head/></html>`, true)).toBe(`${page}${bridge}<head/></html>`);
});
