/** PDF files (ISO 32000-1), written by hand: text in a font that readers bring along, or a picture a page. */

/** A page for each text; its lines are separated by line ends. Chinese needs no font of this machine. */
export function pdfOf(pages: readonly string[]): Buffer {
  const font = [
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  return fileOf(
    font,
    pages.map((text) => {
      const lines = text.split('\n').map((line) => `<${utf16(line)}> Tj T*`);
      const content = Buffer.from(`BT /F 12 Tf 18 TL 60 780 Td ${lines.join('\n')} ET`);
      return { resources: '/Font << /F 3 0 R >>', objects: [], content };
    }),
  );
}

/** One page with a line in each font, which it does not bring along: 100 points high and apart, from 50 from the left on. */
export function pdfOfFonts(lines: readonly { font: string; text: string; isChinese?: boolean }[]): Buffer {
  const fonts = lines.map(({ font, isChinese = false }, index) =>
    isChinese
      ? `<< /Type /Font /Subtype /Type0 /BaseFont /${font} /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${font} /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /${font} /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >> >>] >>`
      : `<< /Type /Font /Subtype /${index % 2 ? 'TrueType' : 'Type1'} /BaseFont /${font} /Encoding /WinAnsiEncoding >>`,
  );
  const named = fonts.map((_, index) => `/F${index} ${index + 3} 0 R`).join(' ');
  const drawn = lines.map(({ text, isChinese = false }, index) => {
    const codes = isChinese ? utf16(text) : Buffer.from(text, 'latin1').toString('hex');
    return `BT /F${index} 100 Tf 50 ${842 - 100 * (index + 1)} Td <${codes}> Tj ET`;
  });
  return fileOf(fonts, [
    { resources: `/Font << ${named} >>`, objects: [], content: Buffer.from(drawn.join('\n')) },
  ]);
}

/** A page for each JPEG, of this size in points. */
export function pdfOfPictures(pictures: readonly Buffer[], width = 595, height = 842): Buffer {
  return fileOf(
    [],
    pictures.map((jpeg) => {
      const [across, down] = sizeOf(jpeg);
      const head = `<< /Type /XObject /Subtype /Image /Width ${across} /Height ${down} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`;
      return {
        resources: '/XObject << /P @0 0 R >>',
        objects: [streamOf(head, jpeg)],
        content: Buffer.from(`q ${width} 0 0 ${height} 0 0 cm /P Do Q`),
      };
    }),
  );
}

interface PdfPage {
  /** `@n` stands for the number of one of its objects. */
  resources: string;
  objects: Buffer[];
  content: Buffer;
}

function fileOf(shared: readonly string[], pages: readonly PdfPage[]): Buffer {
  const objects: Buffer[] = [Buffer.alloc(0), Buffer.alloc(0), ...shared.map((text) => Buffer.from(text))];
  const kids: number[] = [];
  for (const page of pages) {
    const first = objects.length + 1;
    objects.push(...page.objects, streamOf(`<< /Length ${page.content.length} >>`, page.content));
    const resources = page.resources.replace(/@(\d+)/g, (_, n) => String(first + Number(n)));
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << ${resources} >> >>`,
      ),
    );
    kids.push(objects.length);
  }
  objects[0] = Buffer.from('<< /Type /Catalog /Pages 2 0 R >>');
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((n) => `${n} 0 R`).join(' ')}] >>`,
  );
  const pieces = [Buffer.from('%PDF-1.5\n')];
  let at = 9;
  const offsets = objects.map((object, index) => {
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    pieces.push(piece);
    at += piece.length;
    return at - piece.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  pieces.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF`,
    ),
  );
  return Buffer.concat(pieces);
}

const streamOf = (head: string, bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${head}\nstream\n`), bytes, Buffer.from('\nendstream')]);

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** Width and height of a JPEG, out of its frame (ITU-T T.81, B.2.2). */
function sizeOf(jpeg: Buffer): [number, number] {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  }
  throw new Error('This is no JPEG');
}
