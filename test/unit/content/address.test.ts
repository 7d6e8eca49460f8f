import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressFor as addressBy, type Capability, readAddress } from '../../../server/content/address.ts';

const key = 'a secret';
const addressFor = (of: Capability, at: Date) => addressBy({ key, seconds: 7200 }, of, at);
const now = new Date('2026-05-01T08:30:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3600_000);
const capability = { sha256: 'ab'.repeat(32), what: 'file', name: '第一章 数控 50%/图?.png' };

test('an address gives what it was made for, for two to three hours', () => {
  const address = addressFor(capability, now);
  expect(readAddress(key, address, now)).toEqual({ capability, entry: '', secondsLeft: 2.5 * 3600 });
  expect(readAddress(key, address, later(2))).toMatchObject({ capability });
  expect(readAddress(key, address, later(3))).toBe('expired');
});

test('the address of a package gives every file in it, and its links lead to the others', () => {
  const base = addressFor({ ...capability, what: 'package', name: '' }, now);
  const page = new URL(`${base}第 1 章/index.html`, 'http://content.example');
  expect(readAddress(key, page.pathname, now)).toMatchObject({ entry: '第 1 章/index.html' });
  const { pathname } = new URL('../图/a%b.png'.replace('%', '%25'), page);
  expect(readAddress(key, pathname, now)).toMatchObject({ entry: '图/a%b.png' });
  expect(readAddress(key, base.replace('/package/', '/file/'), now)).toBe('unknown');
  expect(readAddress(key, `${addressFor(capability, now)}/more`, now)).toBe('unknown');
});

test('inside of a package it works for a teaching day: what runs in it cannot take another', () => {
  for (const what of ['package', 'play']) {
    const address = addressFor({ ...capability, what, name: '' }, now);
    expect(readAddress(key, `${address}index.html`, later(12))).toMatchObject({ entry: 'index.html' });
    expect(readAddress(key, `${address}index.html`, later(13))).toBe('expired');
  }
});

test('two addresses of one hour are equal, so that browsers can keep what they have', () => {
  expect(addressFor(capability, now)).toBe(addressFor(capability, later(0.4)));
});

test('an address that was changed anywhere gives nothing', () => {
  const address = addressFor(capability, now);
  fc.assert(
    fc.property(fc.nat(address.length - 1), fc.constantFrom(...'abz019-_/%'), (at, character) => {
      fc.pre(address[at] !== character);
      const forged = address.slice(0, at) + character + address.slice(at + 1);
      const reading = readAddress(key, forged, now);
      if (typeof reading === 'object')
        expect(reading.capability).toEqual(capability); // %e7 for %E7
      else expect(reading).toBe('unknown');
    }),
  );
  expect(readAddress('another secret', address, now)).toBe('unknown');
  expect(readAddress(key, '/', now)).toBe('unknown');
  expect(readAddress(key, '/x/y/z/%E0%A4%A', now)).toBe('unknown');
});
