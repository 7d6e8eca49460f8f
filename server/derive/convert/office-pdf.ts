import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Made, NotConvertible, type Task } from './conversion.ts';
import { refuseLocked } from './office-zip.ts';
import { convertPdf } from './pdf.ts';
import { runProgram } from './program.ts';

/** By which LibreOffice tells the formats apart; the contents count more for it than the ending. */
const endings: [RegExp, string][] = [
  [/presentationml|ms-powerpoint|opendocument\.presentation/, 'pptx'],
  [/spreadsheetml|ms-excel|opendocument\.spreadsheet/, 'xlsx'],
  [/rtf/, 'rtf'],
  [/./, 'docx'],
];
const filters: Record<string, string> = {
  // Search counts hidden slides too: a hit on slide 7 is to open page 7.
  pptx: 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}',
  xlsx: 'pdf:calc_pdf_Export',
};

/** No macro runs, nothing is fetched from elsewhere, and nobody is greeted. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${[
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
  ['Office.Writer/Content/Update', 'Link', '0'],
  ['Office.Calc/Content/Update', 'Link', '2'],
  ['Office.Common/Misc', 'FirstRun', 'false'],
]
  .map(
    ([path, name, value]) =>
      `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  .join('\n')}
</oor:items>
`;

/** The profile of a LibreOffice that has been started and waits for its file. */
let waiting: Promise<string> | undefined;

/**
 * Starts LibreOffice for the next file, where it is installed: starting takes it longer than most files do. It is handed
 * that one file and ends with it, so that no file finds anything of another.
 */
export function warmUp(): void {
  waiting ??= newProfile().then((profile) => {
    const office = spawn('soffice', [...quietly(profile), '--nodefault'], { stdio: 'ignore' });
    office.on('error', () => {}); // the file that comes is told that it is missing
    return profile;
  });
}

/**
 * Slides, documents and tables as PDF by LibreOffice, when it is installed, with pictures of the first page and the
 * number of pages that are pictures; of the old binary formats also the text, which nothing else reads.
 * @throws NotConvertible
 */
export async function convertOfficeToPdf({ mediaType, source, folder }: Task): Promise<Made> {
  if (!isOldFormat(mediaType)) await refuseLocked(source);
  const [, ending = 'docx'] = endings.find(([pattern]) => pattern.test(mediaType)) ?? [];
  const given = join(folder, `given.${ending}`);
  await copyFile(source, given);
  const profile = await (waiting ?? newProfile());
  waiting = undefined;
  // Hands the file to the one that waits under this profile; when there is none, does it itself.
  try {
    const order = ['--convert-to', filters[ending] ?? 'pdf', '--outdir', folder, given];
    await runProgram('soffice', [...quietly(profile), ...order], 'office-missing');
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  warmUp();
  const file = join(folder, 'given.pdf');
  const isThere = await stat(file).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (!isThere) throw new NotConvertible('damaged'); // LibreOffice says so, and ends well all the same
  const pages = { mediaType: 'application/pdf', source: file, folder };
  const { files = [] } = await convertPdf({ ...pages, recipe: 'thumbnails' });
  const { facts, passages } = await convertPdf({ ...pages, recipe: 'text' });
  const made = { files: [...files, { name: 'pdf', file, mediaType: 'application/pdf' }] };
  if (isOldFormat(mediaType)) return { ...made, facts, passages };
  const { characters, ...others } = facts; // the file itself has told them
  return { ...made, facts: others };
}

const isOldFormat = (mediaType: string): boolean => /^application\/(msword|rtf|vnd\.ms-)/.test(mediaType);

async function newProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'office-'));
  await mkdir(join(profile, 'user'));
  await writeFile(join(profile, 'user', 'registrymodifications.xcu'), settings);
  return profile;
}

const quietly = (profile: string) => [
  `-env:UserInstallation=${pathToFileURL(profile).href}`,
  ...['--headless', '--norestore', '--nolockcheck', '--nologo'],
];
