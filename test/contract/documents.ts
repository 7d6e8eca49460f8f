import { describe, test } from '@jest/globals';
import type { Db } from 'mongodb';
import type { Check } from './documents-check.ts';
import { reading } from './documents-reading.ts';
import { writing } from './documents-writing.ts';

const promises = { ...writing, ...reading };

/** Something that an engine does otherwise: why, and a check of what it does. */
export interface Difference {
  because: string;
  instead: Check;
}

/** Checks every promise on an empty database. */
export function documentsContract(
  engine: string,
  open: () => Promise<Db>,
  differs: Partial<Record<keyof typeof promises, Difference>> = {},
): void {
  describe(`documents: ${engine}`, () => {
    for (const [promise, check] of Object.entries(promises)) {
      const other = differs[promise as keyof typeof promises];
      test(other ? `${promise}: not here, ${other.because}` : promise, async () => {
        const database = await open();
        await (other?.instead ?? check)(database.collection('things'), database);
      });
    }
  });
}
