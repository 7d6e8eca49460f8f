import { defineTexts } from '../i18n/index.ts';

/** Kinds of files that browsers do not show, by their endings. */
const families = {
  drawing: /\.(dwg|dxf)$/i,
  part: /\.(sldprt|sldasm|slddrw|catpart|catproduct|ipt|iam|prt|asm|x_t|x_b|par)$/i,
  mesh: /\.(obj|fbx|3ds|max|blend|dae|ma|mb|skp)$/i,
  usdz: /\.usdz$/i,
  archive: /\.(7z|rar|tar|gz|tgz|bz2|xz)$/i,
  program: /\.(exe|msi|dmg|pkg|deb|rpm|appimage)$/i,
  app: /\.(apk|aab|ipa)$/i,
  'old-office': /\.(doc|dot|ppt|pps|xls|rtf|wps|et|dps)$/i,
} as const;

export type FileFamily = keyof typeof families;

/** undefined for a file that is shown, and for one of a kind that we do not know. */
export const familyOf = (path: string): FileFamily | undefined =>
  (Object.keys(families) as FileFamily[]).find((family) => families[family].test(path));

/** Of each family: what it is, what opens it, and what its author may upload to have it shown. */
export const familyTexts = defineTexts(
  'file-families',
  {
    drawing: 'CAD 图纸不能在线预览',
    'drawing.opens': '请下载后用 AutoCAD、中望 CAD、浩辰 CAD 等软件打开。',
    'drawing.instead': '另传一份 PDF（图纸）或 STEP（三维），即可在线预览。',
    part: '零件设计文件不能在线预览',
    'part.opens': '请下载后用生成它的设计软件（如 SolidWorks、NX、CATIA、Inventor）打开。',
    'part.instead': '另传一份 STEP，即可在线预览。',
    mesh: '这种三维模型不能在线预览',
    'mesh.opens': '请下载后用 Blender、3ds Max、Maya 等软件打开。',
    'mesh.instead': '导出为 GLB 上传，即可在线转动查看。',
    usdz: 'USDZ 模型只能在苹果设备上查看',
    'usdz.opens': '请在 iPhone 或 iPad 上下载打开，可放到真实空间中看。',
    'usdz.instead': '另传一份同名的 GLB，即可在线转动查看。',
    archive: '这种压缩包不能在线查看',
    'archive.opens': '请下载后用 7-Zip、WinRAR 等软件解压。',
    'archive.instead': '改用 zip 打包，即可在线查看其中的文件。',
    program: '安装程序不能在线运行',
    'program.opens': '请下载到电脑上安装；安装前请核对来源和校验值。',
    'program.instead': '另传演示视频或截图，读者下载前即可了解。',
    app: '手机或头显应用不能在线运行',
    'app.opens': '请下载后安装到安卓手机、平板或 VR 一体机（IPA 用于苹果设备）。',
    'app.instead': '另传演示视频或截图，读者下载前即可了解。',
    'old-office': '这种旧版文档不能显示页面',
    'old-office.opens': '请下载后用 Microsoft Office 或 WPS 打开。',
    'old-office.instead': '另存为 PDF，或 PPTX、DOCX、XLSX 上传，即可在线预览。',
  },
  {
    drawing: 'CAD drawings have no preview',
    'drawing.opens': 'Download it and open it with AutoCAD, ZWCAD, GstarCAD or the like.',
    'drawing.instead': 'Add a PDF (for a drawing) or STEP (for a solid), and it is shown in place.',
    part: 'Native design files have no preview',
    'part.opens':
      'Download it and open it with the program that made it, such as SolidWorks, NX, CATIA or Inventor.',
    'part.instead': 'Add a STEP file, and it is shown in place.',
    mesh: 'This kind of model has no preview',
    'mesh.opens': 'Download it and open it with Blender, 3ds Max, Maya or the like.',
    'mesh.instead': 'Export it as GLB, and it can be turned in place.',
    usdz: 'USDZ models are for Apple devices',
    'usdz.opens': 'Download it on an iPhone or iPad to see it, also in the room.',
    'usdz.instead': 'Add a GLB of the same name, and it can be turned in place.',
    archive: 'This kind of archive has no preview',
    'archive.opens': 'Download it and unpack it with 7-Zip, WinRAR or the like.',
    'archive.instead': 'Pack it as a zip, and its files can be looked at in place.',
    program: 'Installers do not run in the browser',
    'program.opens': 'Download it to a computer; check its source and checksum before you install it.',
    'program.instead': 'Add a video or pictures that show it before it is downloaded.',
    app: 'Apps for phones and headsets do not run in the browser',
    'app.opens':
      'Download it and install it on an Android phone, tablet or VR headset (IPA: on Apple devices).',
    'app.instead': 'Add a video or pictures that show it before it is downloaded.',
    'old-office': 'The pages of this older kind of document cannot be shown',
    'old-office.opens': 'Download it and open it with Microsoft Office or WPS.',
    'old-office.instead': 'Save it as PDF, or as PPTX, DOCX or XLSX, and it is shown in place.',
  },
);
