// @ts-check
/**
 * Checks names and sizes of source files: kebab-case, no rooms for leftovers, none over 400 lines, and nine of ten
 * under 150. Comments and empty lines do not count: nobody shall save on them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

const longest = 400;
const usual = 150;
const leftovers = /^(utils?|helpers?|common|misc|shared|lib|stuff)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** Names that tools and customs ask for. */
const given =
  /^(README|CHANGELOG|CONTRIBUTING|LICENSE|NOTICE|Dockerfile|\.[\w.-]+|zh-CN\.ts|.*_.*\.test\.ts)(\.md)?$/;
/** Texts in two languages: as long as there is to say. */
const isCatalogue = (/** @type {string} */ file) => /(^|\/)i18n\.ts$/.test(file);
const isSource = (/** @type {string} */ file) => /\.(ts|tsx|mjs|cjs|css)$/.test(file);

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
const files = listed.split('\n').filter((file) => file !== '' && existsSync(file));
/** @type {string[]} */
const faults = [];

for (const file of files) {
  const parts = file.split('/');
  if (parts.includes('fixtures') || parts.includes('data')) continue;
  for (const part of parts) {
    const [stem = ''] = part.split('.');
    if (leftovers.test(stem)) faults.push(`${file}: "${stem}" says nothing; name what is in it`);
    if (!given.test(part) && !kebab.test(part)) faults.push(`${file}: "${part}" is not kebab-case`);
  }
}

function linesOfCode(/** @type {string} */ text) {
  const isCode = (/** @type {string} */ line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line);
  return text.split('\n').filter(isCode).length;
}

const sizes = files
  .filter(isSource)
  .map((file) => ({ file, lines: linesOfCode(readFileSync(file, 'utf8')) }));
for (const { file, lines } of sizes)
  if (lines > longest) faults.push(`${file}: ${lines} lines; a thing inside wants a file of its own`);
const long = sizes.filter(({ file, lines }) => lines > usual && !isCatalogue(file));
if (long.length > sizes.length / 10) {
  const names = long.map(({ file, lines }) => `  ${basename(file)} ${lines}`).join('\n');
  faults.push(
    `${long.length} of ${sizes.length} files have more than ${usual} lines, at most a tenth may:\n${names}`,
  );
}

for (const fault of faults) console.error(fault);
console.log(`${sizes.length} source files, ${long.length} over ${usual} lines, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
