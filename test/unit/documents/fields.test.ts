import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyFields, decodeDocument, decodeFields } from '../../../storage/documents/embedded/bson/decode.ts';
import { encodeDocument } from '../../../storage/documents/embedded/bson/encode.ts';
import type { Doc, Value } from '../../../storage/documents/embedded/bson/values.ts';
import { addFieldsOfFilter, Paths } from '../../../storage/documents/embedded/query/fields.ts';
import { compileFilter } from '../../../storage/documents/embedded/query/matcher.ts';
import { compileProjection, keptFields } from '../../../storage/documents/embedded/query/projection.ts';

const name = fc.constantFrom('a', 'b', '0', '1', '名');
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Value>(null, true, 1, 'text', '文字'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
  ),
}));
const document = fc
  .array(fc.tuple(fc.constantFrom('_id', 'a', 'b', '0'), value), { maxLength: 5 })
  .map((entries): Doc => new Map(entries));
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));

/** Paths of which none leads through another. */
const apart = (paths: readonly string[]) =>
  paths.filter((one, at) => !paths.some((other, n) => n !== at && `${one}.`.startsWith(`${other}.`)));

test('fields copied as bytes are what the projection of the decoded document gives', () => {
  fc.assert(
    fc.property(document, fc.uniqueArray(path, { maxLength: 4 }), fc.boolean(), (doc, paths, id) => {
      const spec: Doc = new Map([
        ...apart(paths).map((each): [string, Value] => [each, true]),
        ...(id ? [] : [['_id', false] as [string, Value]]),
      ]);
      const kept = keptFields(spec);
      fc.pre(kept !== undefined && spec.size > (id ? 0 : 1));
      const bytes = encodeDocument(doc);
      const wanted = encodeDocument(compileProjection(spec)(decodeDocument(bytes)));
      expect(copyFields(bytes, kept ?? new Map()).equals(wanted)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a filter says the same of the fields that it looks at as of the whole document', () => {
  fc.assert(
    fc.property(document, fc.array(fc.tuple(path, value), { minLength: 1, maxLength: 3 }), (doc, fields) => {
      const filter: Doc = new Map([
        ['$or', fields.map(([field, equal]) => new Map([[field, new Map([['$gte', equal]])]]))],
      ]);
      const bytes = encodeDocument(doc);
      const matches = compileFilter(filter, {});
      const looked = addFieldsOfFilter(filter, new Paths());
      expect(looked && matches(decodeFields(bytes, looked))).toBe(matches(decodeDocument(bytes)));
    }),
    { numRuns: 2000 },
  );
});

test('an array whose names are no numbers is copied with its numbers', () => {
  const element = encodeDocument(new Map([['a', 1]]));
  const unnamed = Buffer.concat([Buffer.of(0x03, 0), element]);
  const many = Buffer.concat(Array.from({ length: 2000 }, () => unnamed));
  const array = Buffer.concat([Buffer.alloc(4), many, Buffer.of(0)]);
  array.writeInt32LE(array.length);
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.of(0x04, 0x6c, 0), array, Buffer.of(0)]);
  bytes.writeInt32LE(bytes.length);
  const copied = decodeDocument(copyFields(bytes, new Paths().add('l.a')));
  expect(copied.get('l')).toEqual(Array.from({ length: 2000 }, () => new Map([['a', 1]])));
});
