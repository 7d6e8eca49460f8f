import { defineTexts } from '../../../i18n/index.ts';

export const vrTexts = defineTexts(
  'vr',
  {
    enter: 'VR：戴上头显查看',
    leave: '退出 VR',
    failed: '没有进入 VR。请检查头显是否连接好，再试一次。',
    broken: '内容在头显里打不开，已退出 VR。',
    'walk.turn': '左右推摇杆：转身',
    'walk.go': '按住扳机或前推摇杆，指向地面后松开：走过去',
    'film.play': '扣扳机：播放或暂停',
    'leave.by-button': '按 B 或 Y 键：退出',
  },
  {
    enter: 'VR: look at it with a headset',
    leave: 'Leave VR',
    failed: 'VR did not start. Check that the headset is connected, then try again.',
    broken: 'It could not be opened in the headset, so VR has ended.',
    'walk.turn': 'Thumbstick to the side: turn',
    'walk.go': 'Hold the trigger or push the stick, point at the floor, let go: walk there',
    'film.play': 'Trigger: play or pause',
    'leave.by-button': 'B or Y button: leave',
  },
);
