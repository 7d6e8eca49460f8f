import { settings } from '../../server/config.ts';

interface Described {
  says: string;
  default?: string;
  secret?: true;
}
const all = Object.entries<Described>(settings);

/** The settings as a table for the README. */
export function settingsTable(): string {
  const rows = all.map(([name, { says, default: standard, secret }]) => {
    const value = standard === undefined ? '' : `\`${standard}\``;
    return `| \`${name}\` | ${value} | ${says}${secret ? ' Secret.' : ''} |`;
  });
  return ['| setting | default | what it does |', '|---|---|---|', ...rows].join('\n');
}

/** The settings as `.env.example`: every one explained and commented out. */
export function envExample(): string {
  const parts = all.map(([name, { says, default: standard }]) => `# ${says}\n#${name}=${standard ?? ''}`);
  return `# Copy to .env and uncomment what you change; nothing has to be set.\n\n${parts.join('\n\n')}\n`;
}

const begin = '<!-- settings: written by npm run docs:settings -->';
const end = '<!-- end of settings -->';

/** Puts the table between its marks. @throws when the marks are missing */
export function withSettingsTable(readme: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The README needs the marks ${begin} and ${end}`);
  return `${readme.slice(0, from + begin.length)}\n${settingsTable()}\n${readme.slice(to)}`;
}
