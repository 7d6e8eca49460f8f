import { readFileSync } from 'node:fs';

const { version: found }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** The version of the product, from package.json. */
export const version = found;
