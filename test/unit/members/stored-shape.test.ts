import { expect, test } from '@jest/globals';
import { getAuthTables } from 'better-auth/db';
import mongoose from 'mongoose';
import pino from 'pino';
import { readConfig } from '../../../server/config.ts';
import { authOptions } from '../../../server/members/auth.ts';
import '../../../server/members/index.ts';

const config = readConfig({ SECRET: 'a secret for tests, long enough to be one' });
const tables = Object.values(getAuthTables(authOptions(config, pino({ level: 'silent' }))));
const modelOf = (collection: string) =>
  Object.values(mongoose.models).find((model) => model.collection.name === collection);

/** better-auth keeps these for itself; nothing of ours reads them. */
const unread = new Set(['verifications']);

test.each(tables.filter(({ modelName }) => !unread.has(modelName)))(
  'what better-auth indexes in $modelName is declared by our model under the same name, so that both agree on one index',
  ({ modelName, fields }) => {
    const declared = new Map(
      modelOf(modelName)
        ?.schema.indexes()
        .map(([keys, options]) => [String(options.name), { keys, unique: options.unique === true }]),
    );
    for (const [name, field] of Object.entries(fields)) {
      if (!field.unique && !field.index) continue;
      const column = field.fieldName ?? name;
      const index = `${modelName}_${column}_${field.unique ? 'uidx' : 'idx'}`;
      expect([index, declared.get(index)]).toEqual([
        index,
        { keys: { [column]: 1 }, unique: field.unique === true },
      ]);
    }
  },
);

test.each(tables.filter(({ modelName }) => !unread.has(modelName)))(
  'what better-auth cannot do without in $modelName stands in our model under the name that it is told',
  ({ modelName, fields }) => {
    const paths = Object.keys(modelOf(modelName)?.schema.paths ?? {});
    const ownAndTheirs = { ...fields };
    for (const [name, field] of Object.entries(ownAndTheirs)) {
      if (field.required === false || name === 'configId' || name === 'updatedAt') continue;
      expect(paths).toContain(field.fieldName ?? name);
    }
  },
);
