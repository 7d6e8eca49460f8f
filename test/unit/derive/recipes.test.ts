import { expect, test } from '@jest/globals';
import { promisedBy } from '../../../server/blobs/media-types.ts';
import { isPackage, recipesFor } from '../../../server/derive/recipes.ts';
import { isPictured } from '../../../server/resources/files/rules.ts';

const endings =
  'pdf doc xls ppt msi docx xlsx pptx odt ods odp epub zip h5p apk usdz 3mf 7z rar gz png jpg gif webp avif heic tif bmp ico psd svg mp4 mov webm mp3 wav flac glb gltf obj stl step igs brep dxf dwg fbx swf exe ttf txt md csv tsv html js json webmanifest xml dtd xhtml opf ncx wasm yaml vtt srt rtf';

test.each(endings.split(' '))('what may be a cover agrees with what gets thumbnails: %s', (ending) => {
  const { mediaType = '' } = promisedBy(`file.${ending}`) ?? {};
  const made = recipesFor(mediaType);
  const isMade = isPackage(mediaType) || made.includes('thumbnails') || made.includes('pdf');
  expect(isPictured({ path: `file.${ending}`, size: 1, sha256: '', crc32: 0, mediaType })).toBe(isMade);
});
