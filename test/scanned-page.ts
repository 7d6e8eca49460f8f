import { spawnSync } from 'node:child_process';
import sharp from 'sharp';

const said = (program: string, ...args: string[]) => {
  const { error, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return error ? '' : stdout;
};

/** Whether tesseract reads Chinese here. */
export const canRecognise = /^chi_sim$/m.test(said('tesseract', '--list-langs'));
/** Whether a font for Chinese is installed: without one a picture shows boxes. */
export const hasChineseFont = said('fc-list', ':lang=zh-cn', 'family') !== '';

/** Whether LibreOffice shows pages of Office files here. */
export const hasOffice = said('soffice', '--version') !== '';

/** A page as a scanner gives it: letters on paper that is not quite white, as JPEG. */
export function scannedPage(...lines: string[]): Promise<Buffer> {
  const texts = lines.map(
    (line, n) => `<text x="120" y="${240 + n * 90}" font-size="48" font-family="sans-serif">${line}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><rect width="100%" height="100%" fill="#f4f1ea"/>${texts.join('')}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: 'white' }).jpeg({ quality: 80 }).toBuffer();
}
