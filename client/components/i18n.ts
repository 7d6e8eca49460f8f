import { defineTexts } from '../i18n/index.ts';

/** Words of the controls that many pages share. */
export const controls = defineTexts(
  'controls',
  {
    required: '必填',
    choose: '选择 {{name}}',
    'choose-all': '全选',
    'choose-none': '取消选择',
    chosen: '已选 {{count}} 项',
    'sort.handle': '移动 {{name}}',
    'sort.held': '已拿起 {{name}}。用上下方向键移动，空格放下，Esc 取消。',
    'sort.moved': '第 {{place}} 位，共 {{count}} 位',
    'sort.dropped': '{{name}} 已放在第 {{place}} 位',
    'csv.pick': '选择 CSV 文件',
    'csv.drop': '或把文件拖到这里。支持 UTF-8 和 GB 18030 编码。',
    'csv.other': '换一个文件',
    'conflict.mine': '我的',
    'conflict.theirs': '对方的',
  },
  {
    required: 'Required',
    choose: 'Choose {{name}}',
    'choose-all': 'Choose all',
    'choose-none': 'Choose none',
    chosen: '{{count}} chosen',
    'sort.handle': 'Move {{name}}',
    'sort.held': '{{name}} picked up. Arrow keys move it, Space drops it, Escape puts it back.',
    'sort.moved': 'Place {{place}} of {{count}}',
    'sort.dropped': '{{name}} is now in place {{place}}',
    'csv.pick': 'Choose a CSV file',
    'csv.drop': 'or drop it here. UTF-8 and GB 18030 are understood.',
    'csv.other': 'Choose another file',
    'conflict.mine': 'Mine',
    'conflict.theirs': 'Theirs',
  },
);
