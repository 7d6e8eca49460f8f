import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import PptxGenJs from 'pptxgenjs';
import sharp from 'sharp';

/** The hardest picture for encoders, and one that nobody uploads. */
export async function noise(width: number, height: number): Promise<Buffer> {
  const grain = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'teal', noise: grain } })
    .jpeg()
    .toBuffer();
}

export function pdf(pages: number): Promise<Buffer> {
  const document = new PDFDocument();
  for (let page = 1; page <= pages; page++) {
    if (page > 1) document.addPage();
    document.fontSize(24).text(`Page ${page}`);
  }
  document.end();
  return buffer(document);
}

export async function deck(slides: number): Promise<Buffer> {
  const made = new (PptxGenJs as unknown as new () => import('pptxgenjs').default)();
  for (let slide = 1; slide <= slides; slide++)
    made.addSlide().addText(`第 ${slide} 页 数控车床对刀`, { x: 1, y: 1, w: 8, h: 1 });
  return Buffer.from((await made.write({ outputType: 'nodebuffer' })) as Uint8Array);
}
