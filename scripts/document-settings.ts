import { readFile, writeFile } from 'node:fs/promises';
import { envExample, withSettingsTable } from './settings/describe.ts';

/** Writes the settings of server/config.ts into README.md and .env.example. */
await writeFile('.env.example', envExample());
await writeFile('README.md', withSettingsTable(await readFile('README.md', 'utf8')));
