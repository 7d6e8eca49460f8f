import type { Said } from '../http/contract.ts';
import { defineProblem } from '../http/index.ts';

type Errors = { errors: { in: string; field: string; message: string }[] };

export const unknownTerms = defineProblem<{
  vocabulary: string;
  labels: Said;
  codes: string[];
  /** The fields that name them. */
  at: string[];
}>({
  type: 'resources/unknown-terms',
  status: 400,
  fields: ({ at }) => at.map((field) => ({ in: 'body', field })),
  says: {
    'zh-CN': ({ labels, codes }) => `词表“${labels['zh-CN']}”中没有 ${codes.join('、')}，请从词表中选择。`,
    en: ({ labels, codes }) =>
      `The vocabulary “${labels.en}” does not have ${codes.join(', ')}; choose from its terms.`,
  },
});

export const otherKind = defineProblem<{ kind: string; part: string }>({
  type: 'resources/other-kind',
  status: 400,
  fields: ({ part }) => [{ in: 'body', field: part }],
  says: {
    'zh-CN': ({ kind, part }) => `${kind} 类资源没有 ${part} 部分，请去掉后重试。`,
    en: ({ kind, part }) => `A resource of kind ${kind} has no part ${part}; leave it out.`,
  },
});

export const kindStays = defineProblem({
  type: 'resources/kind-stays',
  status: 409,
  says: {
    'zh-CN': () => '资源发布后不能再改类别。需要另一种类别时，请新建资源，再撤下这一个并指明替代。',
    en: () =>
      'The kind of a resource stays once it was published. Begin a new one of the other kind, and withdraw this with it as the successor.',
  },
});

export const noDraft = defineProblem({
  type: 'resources/no-draft',
  status: 409,
  says: {
    'zh-CN': () => '该资源没有草稿，请先开始新的草稿。',
    en: () => 'There is no draft of it. Start the next draft first.',
  },
});

export const draftExists = defineProblem({
  type: 'resources/draft-exists',
  status: 409,
  says: {
    'zh-CN': () => '该资源已有草稿，请继续编辑它。',
    en: () => 'There is a draft of it already. Go on with that one.',
  },
});

export const underReview = defineProblem({
  type: 'resources/under-review',
  status: 409,
  says: {
    'zh-CN': () => '草稿正在审核中。需要修改时，请先撤回提交。',
    en: () => 'The draft is being reviewed. Take the submission back before you change it.',
  },
});

export const notSubmitted = defineProblem({
  type: 'resources/not-submitted',
  status: 409,
  says: {
    'zh-CN': () => '该资源没有待审核的提交，请刷新后查看。',
    en: () => 'It has not been submitted, or was decided already. Reload to see.',
  },
});

export const incomplete = defineProblem<{ missing: { field: string; why: string }[] }>({
  type: 'resources/incomplete',
  status: 409,
  says: {
    'zh-CN': () => '还没有文件，请先上传至少一个文件，再提交。',
    en: () => 'There are no files yet. Upload at least one, then submit.',
  },
});

export const neverPublished = defineProblem({
  type: 'resources/never-published',
  status: 409,
  says: {
    'zh-CN': () => '该资源从未发布，可直接删除草稿。',
    en: () => 'It was never published. Discard the draft instead.',
  },
});

export const isWithdrawn = defineProblem({
  type: 'resources/is-withdrawn',
  status: 409,
  says: {
    'zh-CN': () => '该资源已撤下，不能再修改。请新建资源。',
    en: () => 'It has been withdrawn and no longer changes. Begin a new resource.',
  },
});

/** What used to be readable is gone, and where to go instead. */
export const withdrawn = defineProblem<{ reason: string; successor?: string | undefined }>({
  type: 'resources/withdrawn',
  status: 410,
  says: {
    'zh-CN': ({ successor }) =>
      successor ? '该资源已撤下，请改用接替它的资源。' : '该资源已撤下，文件不再提供。',
    en: ({ successor }) =>
      successor
        ? 'It was withdrawn; use its successor instead.'
        : 'It was withdrawn; its files are no longer given out.',
  },
});

export const noSuccessor = defineProblem({
  type: 'resources/no-successor',
  status: 400,
  fields: () => [{ in: 'body', field: 'successor' }],
  says: {
    'zh-CN': () => '接替的资源必须是您能查看的另一个已发布资源。',
    en: () => 'The successor must be another published resource that you can see.',
  },
});

export const noSuchFile = defineProblem<{ path: string }>({
  type: 'resources/no-such-file',
  status: 404,
  says: {
    'zh-CN': ({ path }) => `没有文件 ${path}，请刷新文件列表。`,
    en: ({ path }) => `There is no file ${path}. Reload the list of files.`,
  },
});

export const pathTaken = defineProblem<{ path: string }>({
  type: 'resources/path-taken',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `路径 ${path} 已有文件（不区分大小写），请换一个名称。`,
    en: ({ path }) => `There is a file at ${path} already (case does not count). Choose another name.`,
  },
});

export const tooManyFiles = defineProblem<{ most: number }>({
  type: 'resources/too-many-files',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `一个资源最多 ${most} 个文件，请拆分为多个资源或打包上传。`,
    en: ({ most }) => `A resource holds at most ${most} files. Split it, or upload an archive.`,
  },
});

export const takesNoLabel = defineProblem<{ path: string }>({
  type: 'resources/takes-no-label',
  status: 409,
  says: {
    'zh-CN': ({ path }) =>
      `文件“${path}”不能加这样的标注。三维模型（GLB、glTF、STL、STEP、IGES，或含有一个 glTF 的压缩包）的标注按坐标放置，360° 照片和视频的标注按方向放置。`,
    en: ({ path }) =>
      `“${path}” takes no such label. Labels stand at coordinates on 3D models (GLB, glTF, STL, STEP, IGES, or a zip with one glTF), and in a direction in 360° photos and videos.`,
  },
});

export const noSuchPicture = defineProblem<Errors>({
  type: 'resources/no-such-picture',
  status: 400,
  says: {
    'zh-CN': () => '标注中的图片或全景不在这个资源的文件里，请先上传，或换一张。',
    en: () =>
      'A label shows a picture that is not among the files of this resource. Upload it first, or choose another.',
  },
});

export const unknownLink = defineProblem<Errors>({
  type: 'resources/unknown-link',
  status: 400,
  says: {
    'zh-CN': () => '标注中链接的资源不存在，或您无权查看。请换一个资源，或去掉链接。',
    en: () => 'A label leads to a resource that you cannot see. Choose another, or remove the link.',
  },
});

export const tooManyAnnotations = defineProblem<{ most: number }>({
  type: 'resources/too-many-annotations',
  status: 409,
  says: {
    'zh-CN': ({ most }) => `一个资源最多 ${most} 个标注，请删去一些，或拆分为多个资源。`,
    en: ({ most }) => `A resource holds at most ${most} labels. Remove some, or split it.`,
  },
});

export const noPictureOf = defineProblem<{ path: string }>({
  type: 'resources/no-picture-of',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `文件“${path}”没有画面，不能作为封面。请选择图片、模型、音视频或文档。`,
    en: ({ path }) =>
      `“${path}” has no picture that could be the cover. Choose an image, a model, a recording or a document.`,
  },
});

export const notAPicture = defineProblem<{ path: string }>({
  type: 'resources/not-a-picture',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `文件“${path}”不是图片或视频，不能设置查看方式。请选择图片或视频。`,
    en: ({ path }) =>
      `“${path}” is no picture or video, so there is no way to look at it to be chosen. Choose one of these.`,
  },
});

export const infectedFile = defineProblem<{ path: string; threat: string }>({
  type: 'resources/infected-file',
  status: 409,
  says: {
    'zh-CN': ({ path, threat }) =>
      `病毒扫描在文件“${path}”中发现“${threat}”，文件已隔离。请移除它，换成干净的文件后再提交。`,
    en: ({ path, threat }) =>
      `The virus scanner found “${threat}” in “${path}”, which is in quarantine. Remove it, upload a clean one, then go on.`,
  },
});

export const stillScanned = defineProblem<{ path: string }>({
  type: 'resources/still-scanned',
  status: 409,
  says: {
    'zh-CN': ({ path }) => `文件“${path}”正在等待病毒扫描，扫描完成后即可发布。文件已安全保存，请稍后重试。`,
    en: ({ path }) =>
      `“${path}” still waits for the virus scanner; it is stored safely, and can be published once it was scanned. Try again later.`,
  },
});
