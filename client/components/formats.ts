/** Media types that people know by another name than their second half. */
const names: Record<string, string> = {
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PPTX',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/vnd.ms-powerpoint': 'PPT',
  'application/vnd.ms-excel': 'XLS',
  'application/msword': 'DOC',
  'application/x-zip-compressed': 'ZIP',
  'application/epub+zip': 'EPUB',
  'application/octet-stream': '',
  'application/vnd.oasis.opendocument.text': 'ODT',
  'application/vnd.oasis.opendocument.spreadsheet': 'ODS',
  'application/vnd.oasis.opendocument.presentation': 'ODP',
  'application/vnd.oasis.opendocument.graphics': 'ODG',
  'application/vnd.oasis.opendocument.text-template': 'OTT',
  'application/vnd.oasis.opendocument.spreadsheet-template': 'OTS',
  'application/vnd.oasis.opendocument.presentation-template': 'OTP',
  'application/vnd.oasis.opendocument.graphics-template': 'OTG',
  'application/vnd.microsoft.portable-executable': 'EXE',
  'application/vnd.android.package-archive': 'APK',
  'application/x-7z-compressed': '7Z',
  'application/x-subrip': 'SRT',
  'model/gltf-binary': 'GLB',
  'model/gltf+json': 'GLTF',
  'image/jpeg': 'JPG',
  'image/svg+xml': 'SVG',
  'video/quicktime': 'MOV',
  'video/x-matroska': 'MKV',
  'video/mp2t': 'TS',
  'video/vnd.avi': 'AVI',
  'video/x-msvideo': 'AVI',
  'video/x-ms-asf': 'WMV',
  'audio/mpeg': 'MP3',
  'text/plain': 'TXT',
  'text/markdown': 'MD',
};

/** The short name of a format: PPTX, GLB, MP4. */
export function formatOf(mediaType: string): string {
  return names[mediaType] ?? (mediaType.split('/')[1] ?? '').replace(/^(x-|vnd\.)/, '').toUpperCase();
}

/** The formats among some media types, each once. */
export const formatsOf = (mediaTypes: readonly string[]): string[] => [
  ...new Set(mediaTypes.map(formatOf).filter((name) => name !== '')),
];
