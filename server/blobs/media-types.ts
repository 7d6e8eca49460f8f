/**
 * What file names promise and what contents can be told apart. A `kind` is what the beginning of a file shows:
 * Office files, H5P and APK are all `zip`.
 */
type Kind =
  | 'zip'
  | 'pdf'
  | 'cfb'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'tiff'
  | 'bmp'
  | 'heif'
  | 'ico'
  | 'psd'
  | 'mp4'
  | 'webm'
  | 'avi'
  | 'mpeg'
  | 'flv'
  | 'asf'
  | 'ogg'
  | 'mp3'
  | 'wav'
  | 'flac'
  | 'aac'
  | 'amr'
  | 'midi'
  | 'gzip'
  | '7z'
  | 'rar'
  | 'tar'
  | 'xz'
  | 'bzip2'
  | 'zstd'
  | 'glb'
  | 'exe'
  | 'elf'
  | 'font'
  | 'text'
  | 'any';

const byExtension: Record<string, readonly [type: string, kind: Kind]> = {
  pdf: ['application/pdf', 'pdf'],
  doc: ['application/msword', 'cfb'],
  xls: ['application/vnd.ms-excel', 'cfb'],
  ppt: ['application/vnd.ms-powerpoint', 'cfb'],
  pps: ['application/vnd.ms-powerpoint', 'cfb'],
  vsd: ['application/vnd.visio', 'cfb'],
  msi: ['application/x-msi', 'cfb'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'zip'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'zip'],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'zip'],
  ppsx: ['application/vnd.openxmlformats-officedocument.presentationml.slideshow', 'zip'],
  odt: ['application/vnd.oasis.opendocument.text', 'zip'],
  ods: ['application/vnd.oasis.opendocument.spreadsheet', 'zip'],
  odp: ['application/vnd.oasis.opendocument.presentation', 'zip'],
  epub: ['application/epub+zip', 'zip'],
  zip: ['application/zip', 'zip'],
  h5p: ['application/zip', 'zip'],
  apk: ['application/vnd.android.package-archive', 'zip'],
  usdz: ['model/vnd.usdz+zip', 'zip'],
  imscc: ['application/zip', 'zip'],
  ggb: ['application/vnd.geogebra.file', 'zip'],
  '3mf': ['model/3mf', 'zip'],
  '7z': ['application/x-7z-compressed', '7z'],
  rar: ['application/vnd.rar', 'rar'],
  gz: ['application/gzip', 'gzip'],
  tgz: ['application/gzip', 'gzip'],
  tar: ['application/x-tar', 'tar'],
  xz: ['application/x-xz', 'xz'],
  bz2: ['application/x-bzip2', 'bzip2'],
  png: ['image/png', 'png'],
  jpg: ['image/jpeg', 'jpeg'],
  jpeg: ['image/jpeg', 'jpeg'],
  gif: ['image/gif', 'gif'],
  webp: ['image/webp', 'webp'],
  avif: ['image/avif', 'heif'],
  heic: ['image/heic', 'heif'],
  heif: ['image/heif', 'heif'],
  tif: ['image/tiff', 'tiff'],
  tiff: ['image/tiff', 'tiff'],
  bmp: ['image/bmp', 'bmp'],
  ico: ['image/x-icon', 'ico'],
  psd: ['image/vnd.adobe.photoshop', 'psd'],
  svg: ['image/svg+xml', 'text'],
  mp4: ['video/mp4', 'mp4'],
  m4v: ['video/mp4', 'mp4'],
  mov: ['video/quicktime', 'mp4'],
  '3gp': ['video/3gpp', 'mp4'],
  webm: ['video/webm', 'webm'],
  mkv: ['video/x-matroska', 'webm'],
  avi: ['video/x-msvideo', 'avi'],
  mpg: ['video/mpeg', 'mpeg'],
  mpeg: ['video/mpeg', 'mpeg'],
  flv: ['video/x-flv', 'flv'],
  wmv: ['video/x-ms-wmv', 'asf'],
  wma: ['audio/x-ms-wma', 'asf'],
  ogv: ['video/ogg', 'ogg'],
  ogg: ['audio/ogg', 'ogg'],
  opus: ['audio/ogg', 'ogg'],
  mp3: ['audio/mpeg', 'mp3'],
  m4a: ['audio/mp4', 'mp4'],
  aac: ['audio/aac', 'aac'],
  wav: ['audio/wav', 'wav'],
  flac: ['audio/flac', 'flac'],
  amr: ['audio/amr', 'amr'],
  mid: ['audio/midi', 'midi'],
  glb: ['model/gltf-binary', 'glb'],
  gltf: ['model/gltf+json', 'text'],
  obj: ['model/obj', 'text'],
  mtl: ['model/mtl', 'text'],
  stl: ['model/stl', 'any'],
  step: ['model/step', 'text'],
  stp: ['model/step', 'text'],
  igs: ['model/iges', 'text'],
  iges: ['model/iges', 'text'],
  brep: ['model/x-brep', 'text'],
  dxf: ['image/vnd.dxf', 'any'],
  dwg: ['image/vnd.dwg', 'any'],
  fbx: ['application/octet-stream', 'any'],
  swf: ['application/x-shockwave-flash', 'any'],
  exe: ['application/vnd.microsoft.portable-executable', 'exe'],
  dll: ['application/vnd.microsoft.portable-executable', 'exe'],
  ttf: ['font/ttf', 'font'],
  otf: ['font/otf', 'font'],
  woff: ['font/woff', 'font'],
  woff2: ['font/woff2', 'font'],
  txt: ['text/plain', 'text'],
  log: ['text/plain', 'text'],
  nc: ['text/plain', 'text'],
  gcode: ['text/plain', 'text'],
  md: ['text/markdown', 'text'],
  markdown: ['text/markdown', 'text'],
  csv: ['text/csv', 'text'],
  tsv: ['text/tab-separated-values', 'text'],
  html: ['text/html', 'text'],
  htm: ['text/html', 'text'],
  css: ['text/css', 'text'],
  js: ['text/javascript', 'text'],
  mjs: ['text/javascript', 'text'],
  ts: ['text/plain', 'text'],
  json: ['application/json', 'text'],
  webmanifest: ['application/manifest+json', 'text'],
  xml: ['application/xml', 'text'],
  xsd: ['application/xml', 'text'],
  dtd: ['application/xml-dtd', 'text'],
  xhtml: ['application/xhtml+xml', 'text'],
  opf: ['application/oebps-package+xml', 'text'],
  ncx: ['application/x-dtbncx+xml', 'text'],
  wasm: ['application/wasm', 'any'],
  ktx2: ['image/ktx2', 'any'],
  yaml: ['application/yaml', 'text'],
  yml: ['application/yaml', 'text'],
  vtt: ['text/vtt', 'text'],
  srt: ['application/x-subrip', 'text'],
  ass: ['text/plain', 'text'],
  rtf: ['application/rtf', 'text'],
  py: ['text/plain', 'text'],
  c: ['text/plain', 'text'],
  h: ['text/plain', 'text'],
  cpp: ['text/plain', 'text'],
  java: ['text/plain', 'text'],
};

/** What the detector of contents says, as our kinds. */
const byDetected: Record<string, Kind> = {
  zip: 'zip',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  odt: 'zip',
  ods: 'zip',
  odp: 'zip',
  epub: 'zip',
  apk: 'zip',
  jar: 'zip',
  xpi: 'zip',
  '3mf': 'zip',
  vsdx: 'zip',
  docm: 'zip',
  xlsm: 'zip',
  pptm: 'zip',
  dotx: 'zip',
  xltx: 'zip',
  potx: 'zip',
  ppsx: 'zip',
  pdf: 'pdf',
  cfb: 'cfb',
  png: 'png',
  apng: 'png',
  jpg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
  tif: 'tiff',
  bmp: 'bmp',
  avif: 'heif',
  heic: 'heif',
  ico: 'ico',
  psd: 'psd',
  mp4: 'mp4',
  m4v: 'mp4',
  m4a: 'mp4',
  m4p: 'mp4',
  m4b: 'mp4',
  f4v: 'mp4',
  mov: 'mp4',
  '3gp': 'mp4',
  '3g2': 'mp4',
  webm: 'webm',
  mkv: 'webm',
  avi: 'avi',
  mpg: 'mpeg',
  mts: 'mpeg',
  flv: 'flv',
  asf: 'asf',
  ogg: 'ogg',
  ogv: 'ogg',
  oga: 'ogg',
  ogm: 'ogg',
  ogx: 'ogg',
  opus: 'ogg',
  spx: 'ogg',
  mp3: 'mp3',
  mp2: 'mp3',
  mp1: 'mp3',
  wav: 'wav',
  flac: 'flac',
  aac: 'aac',
  amr: 'amr',
  mid: 'midi',
  gz: 'gzip',
  'tar.gz': 'gzip',
  '7z': '7z',
  rar: 'rar',
  tar: 'tar',
  xz: 'xz',
  bz2: 'bzip2',
  zst: 'zstd',
  glb: 'glb',
  exe: 'exe',
  elf: 'elf',
  ttf: 'font',
  otf: 'font',
  ttc: 'font',
  woff: 'font',
  woff2: 'font',
  xml: 'text',
  rtf: 'text',
  ics: 'text',
  vcf: 'text',
  vtt: 'text',
  ps: 'text',
  eps: 'text',
  srt: 'text',
};

export const unknownType = 'application/octet-stream';

/** The extension of a file name, in lower case; empty without one. */
export function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** What a name promises; undefined when its extension is not known to us. */
export function promisedBy(name: string): { mediaType: string; kind: Kind } | undefined {
  const known = Object.hasOwn(byExtension, extensionOf(name)) ? byExtension[extensionOf(name)] : undefined;
  return known && { mediaType: known[0], kind: known[1] };
}

/** The kind that a detected extension stands for; undefined for those that tell us nothing. */
export function kindOfDetected(extension: string): Kind | undefined {
  return Object.hasOwn(byDetected, extension) ? byDetected[extension] : undefined;
}

/** The kinds that a declared media type may stand for; empty for types that say nothing certain. */
export function kindsOfType(mediaType: string): Kind[] {
  const kinds = Object.values(byExtension)
    .filter(([type, kind]) => type === mediaType && kind !== 'any' && type !== unknownType)
    .map(([, kind]) => kind);
  return [...new Set(kinds)];
}

/** The media type of a blob under a file name: by the extension, else what was found when it came. */
export function mediaTypeFor(name: string, blob: { mediaType: string }): string {
  return promisedBy(name)?.mediaType ?? blob.mediaType;
}
