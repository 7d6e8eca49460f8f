import type { Language } from '../http/index.ts';
import type { Reason } from './contract.ts';
import { hasWords } from './recipes.ts';

interface Of {
  mediaType: string;
  /** The part of the file that is at fault. */
  about?: string | undefined;
}

/** Why something was not made of a file, for its author: what is missing for it, and what helps. */
export function reasonIn(language: Language, reason: Reason, { mediaType, about = '' }: Of): string {
  const words = reason === 'office-missing' ? officeWords(mediaType) : reasonWords[reason];
  return words[language].replace(
    about === '' ? /（\{about\}）| \(\{about\}\)|\{about\}/ : '{about}',
    () => about,
  );
}

/** What of an Office file is there without LibreOffice: browsers lay out DOCX; of what else is packed, words are read. */
function officeWords(mediaType: string): Record<Language, string> {
  if (mediaType.endsWith('wordprocessingml.document'))
    return {
      'zh-CN': '服务器未安装 LibreOffice，没有缩略图；页面由浏览器排版，过大的文档只显示文字。',
      en: 'The server has no LibreOffice, so there is no thumbnail; browsers lay out the pages, of a very large document only the text.',
    };
  if (hasWords(mediaType))
    return {
      'zh-CN': '服务器未安装 LibreOffice，只显示文字，没有页面和缩略图；可以下载查看。',
      en: 'The server has no LibreOffice, so only the text is shown, without pages or thumbnail; the file can be downloaded.',
    };
  return reasonWords['office-missing'];
}

const reasonWords: Record<Reason, Record<Language, string>> = {
  damaged: {
    'zh-CN': '文件已损坏或格式不规范，无法生成预览。请检查后重新上传。',
    en: 'The file is damaged or breaks its format; no preview can be made. Check it and upload it again.',
  },
  'parts-missing': {
    'zh-CN':
      '模型引用的贴图或数据文件不在里面（{about}）。请把 glTF 和它的全部文件打包成一个 zip，或导出为 GLB，再上传。',
    en: 'The model names textures or data that are not with it ({about}). Upload a zip of the glTF with all its files, or export it as GLB.',
  },
  'unsafe-entry': {
    'zh-CN':
      '压缩包内的“{about}”不安全（名称过长或指向上级目录、重名、链接），不予打开。请改名或去掉后重新打包上传。',
    en: 'In the archive, “{about}” is not safe (too long a name, a way out, a repetition or a link), so it is not opened. Rename it or leave it out, pack again and upload it.',
  },
  encrypted: {
    'zh-CN': '文件设有密码，无法生成预览。请去掉密码后重新上传。',
    en: 'The file is protected by a password; no preview can be made. Remove the password and upload it again.',
  },
  'too-large': {
    'zh-CN': '文件过大，不生成预览；可以下载查看。',
    en: 'The file is too large for a preview; it can be downloaded.',
  },
  'unpacks-too-large': {
    'zh-CN': '压缩包解开后过大、文件过多，或压缩比异常（疑似压缩炸弹），不予打开。请拆分或重新打包后上传。',
    en: 'The archive would unpack to too much, to too many files or to suspiciously many times its size, so it is not opened. Split it or pack it again and upload it.',
  },
  'too-many-pixels': {
    'zh-CN': '图片像素过多，不生成缩略图；可以下载查看。',
    en: 'The picture has too many pixels for a thumbnail; it can be downloaded.',
  },
  'too-many-parts': {
    'zh-CN':
      '模型由太多零件（节点）组成，会让浏览器停止响应，因此不在线打开。请在建模软件中合并零件后重新上传；也可以下载查看。',
    en: 'The model has so many parts (nodes) that browsers would stand still, so it is not opened in place. Join parts and upload it again; it can be downloaded.',
  },
  'nothing-to-show': {
    'zh-CN': '文件中没有可用作缩略图的画面。',
    en: 'There is nothing in the file that a thumbnail could show.',
  },
  'program-missing': {
    'zh-CN': '服务器未安装 ffmpeg，没有缩略图和时长，也不能转换格式；浏览器支持的格式可直接播放。',
    en: 'The server has no ffmpeg, so there is no thumbnail or length, and nothing is converted; what browsers know plays as it is.',
  },
  'office-missing': {
    'zh-CN': '服务器未安装 LibreOffice，无法显示页面；可以下载查看。',
    en: 'The server has no LibreOffice, so that pages of Office files cannot be shown; the file can be downloaded.',
  },
  'ocr-missing': {
    'zh-CN': '服务器未安装 tesseract（含 chi_sim），扫描页中的文字无法识别，也搜索不到。',
    en: 'The server has no tesseract (with chi_sim), so that text in scanned pages is not read and not found.',
  },
  'cad-missing': {
    'zh-CN':
      '服务器未安装 occt-import-js，无法显示 STEP、IGES 和 BREP 图形；可以下载查看。管理员安装后会自动生成。',
    en: 'The server has no occt-import-js, so that STEP, IGES and BREP cannot be shown; the file can be downloaded. It is shown within an hour after an administrator has installed it.',
  },
  'heif-missing': {
    'zh-CN':
      '服务器未安装 heif-convert，无法显示 HEIC 照片；可以下载查看，或另存为 JPEG 再上传（iPhone：设置 › 相机 › 格式 › 兼容性最佳）。',
    en: 'The server has no heif-convert, so that HEIC photos cannot be shown; download the file, or upload it as JPEG (iPhone: Settings › Camera › Formats › Most Compatible).',
  },
  'took-too-long': {
    'zh-CN': '生成预览用时过长，已停止；可以下载查看。',
    en: 'Making a preview took too long and was stopped; the file can be downloaded.',
  },
  'took-too-much-memory': {
    'zh-CN': '生成预览占用内存过多，已停止；可以下载查看。',
    en: 'Making a preview took too much memory and was stopped; the file can be downloaded.',
  },
  crashed: {
    'zh-CN': '生成预览的程序出错，已重试一次；可以下载查看。',
    en: 'The program that makes previews failed, twice; the file can be downloaded.',
  },
  cancelled: {
    'zh-CN': '转换被停止了。可以重新转换，管理员也可在“后台任务”中重试；或下载查看。',
    en: 'The conversion was stopped. It can be asked for again, or run again by an administrator on the page of background jobs; the file can be downloaded.',
  },
};
