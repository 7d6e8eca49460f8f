import type { ThemeConfig } from 'antd';
import { theme } from 'antd';
import type { Language } from '../i18n/index.ts';

export type Appearance = 'light' | 'dark';

/** Every colour, size and duration of the interface. Pages and components read them as `var(--ant-…)`. */

const light = {
  colorPrimary: '#0F6E84',
  colorInfo: '#0F6E84',
  colorLink: '#0F6E84',
  colorLinkHover: '#0B5566',
  colorSuccess: '#2B7449',
  colorWarning: '#935808',
  colorError: '#C0392B',
  colorBgBase: '#FFFFFF',
  colorBgLayout: '#F7F6F3',
  colorText: '#23201B',
  colorTextSecondary: '#58524A',
  colorTextTertiary: '#6B655C',
  colorTextDescription: '#6B655C',
  colorTextPlaceholder: '#767067',
  colorBorder: '#D5D0C7',
  colorBorderSecondary: '#E7E3DC',
  colorSplit: '#E7E3DC',
  colorFillTertiary: '#F1EFEA',
  colorFillQuaternary: '#F7F6F3',
  colorFillSecondary: '#E9E6E0',
  colorPrimaryBg: '#E3F0F2',
  colorPrimaryBgHover: '#D3E8EC',
  colorInfoBg: '#E3F0F2',
  colorInfoBorder: '#B9D9DF',
  colorSuccessBg: '#E6F2EA',
  colorSuccessBorder: '#BBDCC7',
  colorWarningBg: '#FBF3E2',
  colorWarningBorder: '#E9D5A8',
  colorErrorBg: '#FBEAE7',
  colorErrorBorder: '#EBC4BD',
  // Under a pointer and pressed: what the algorithm makes of them is too pale for words on it or in it.
  colorPrimaryHover: '#1A768B',
  colorErrorHover: '#AD3325',
};

const dark = {
  colorPrimary: '#4FB3C8',
  colorInfo: '#4FB3C8',
  colorLink: '#6CC3D5',
  colorLinkHover: '#8FD6E4',
  colorSuccess: '#63B584',
  colorWarning: '#DDA04A',
  colorError: '#F0857C',
  colorBgBase: '#171614',
  colorBgLayout: '#131210',
  colorBgContainer: '#1C1B18',
  colorBgElevated: '#262420',
  colorText: '#ECE8E1',
  colorTextSecondary: '#BDB7AC',
  colorTextTertiary: '#A09A8F',
  colorTextDescription: '#A09A8F',
  colorTextPlaceholder: '#928C82',
  colorBorder: '#45413A',
  colorBorderSecondary: '#33302B',
  colorSplit: '#33302B',
  colorFillTertiary: '#262420',
  colorFillQuaternary: '#1F1E1B',
  colorFillSecondary: '#302D28',
  colorPrimaryBg: '#17333B',
  colorPrimaryBgHover: '#1D404A',
  colorInfoBg: '#17333B',
  colorInfoBorder: '#2A545F',
  colorSuccessBg: '#1A2F22',
  colorSuccessBorder: '#335A42',
  colorWarningBg: '#33270F',
  colorWarningBorder: '#5A4620',
  colorErrorBg: '#3A1D19',
  colorErrorBorder: '#66352E',
  colorPrimaryActive: '#4596A8',
  colorErrorActive: '#C26C64',
};

/** Quiet tints of the three kinds of resources and of the marks in found text, set beside the library's tokens. */
const own: Record<Appearance, Record<string, string>> = {
  light: {
    '--kind-courseware': '#0F6E84',
    '--kind-courseware-tint': '#E3F0F2',
    '--kind-textbook': '#87530F',
    '--kind-textbook-tint': '#F6ECDB',
    '--kind-xr': '#6A4595',
    '--kind-xr-tint': '#EFE8F6',
    '--star': '#B7791F',
    '--mark': '#FCE9A9',
    '--mark-text': '#3B2F05',
    '--on-primary': '#FFFFFF',
    '--on-danger': '#FFFFFF',
    '--stage': '#ECEAE4',
    '--paper': '#FFFFFF',
    '--veil': 'rgba(255, 255, 255, 0.86)',
  },
  dark: {
    '--kind-courseware': '#7CCBDB',
    '--kind-courseware-tint': '#16323A',
    '--kind-textbook': '#E3B673',
    '--kind-textbook-tint': '#3A2C17',
    '--kind-xr': '#C7A6EB',
    '--kind-xr-tint': '#2F2440',
    '--star': '#E3B04B',
    '--mark': '#5C4A12',
    '--mark-text': '#FBEBB4',
    '--on-primary': '#06232A',
    '--on-danger': '#2A0A07',
    '--stage': '#0D0C0B',
    '--paper': '#FFFFFF',
    '--veil': 'rgba(28, 27, 24, 0.86)',
  },
};

/** Behind pictures that are made here: the same for every reader, whatever their appearance is. */
export const pictureGround = own.light['--stage'] ?? '';

/** Puts our own values on the page and tells the browser which scheme its own controls have. */
export function applyOwnTokens(appearance: Appearance): void {
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(own[appearance])) style.setProperty(name, value);
  style.setProperty('color-scheme', appearance);
}

/** Fonts of the system alone. In English, Latin ones first: quotation marks of Chinese fonts are as wide as characters. */
function fontsOf(language: Language): string {
  const latin = language === 'en' ? '"Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, ' : '';
  return `-apple-system, ${latin}"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif`;
}

/** @param touch whether fingers rather than a mouse point: controls are then 44 px high */
export function themeOf(
  appearance: Appearance,
  touch: boolean,
  calm: boolean,
  language: Language,
): ThemeConfig {
  const colours = appearance === 'dark' ? dark : light;
  const { '--on-primary': onPrimary, '--on-danger': onDanger } = own[appearance];
  return {
    cssVar: { key: 'courseyard' },
    hashed: false,
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colours,
      fontFamily: fontsOf(language),
      fontSize: 14,
      fontSizeSM: 13,
      fontSizeHeading1: 28,
      fontSizeHeading2: 20,
      fontSizeHeading3: 16,
      fontSizeHeading4: 16,
      lineHeight: 1.6,
      lineHeightSM: 1.6,
      borderRadius: 8,
      borderRadiusLG: 12,
      controlHeight: touch ? 44 : 36,
      controlHeightSM: touch ? 44 : 28,
      controlHeightLG: touch ? 48 : 44,
      motion: !calm,
      motionDurationSlow: '0.18s',
      motionDurationMid: '0.15s',
      motionDurationFast: '0.12s',
      opacityLoading: 1, // the words of a busy button are read while it turns
      wireframe: false,
    },
    components: {
      Button: {
        primaryColor: onPrimary,
        dangerColor: onDanger,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        contentFontSizeLG: 16,
      },
      // What is chosen in a menu stands on a tint, on which the accent is too dark in the dark.
      Dropdown: { colorPrimary: colours.colorLink },
      Tag: { defaultBg: colours.colorFillTertiary },
      Segmented: { trackBg: colours.colorFillSecondary },
      // What is locked, as a draft under review is, is there to be read: only the pointer tells it from the rest.
      Input: { colorTextDisabled: colours.colorTextSecondary },
      InputNumber: { colorTextDisabled: colours.colorTextSecondary },
      Select: {
        colorTextDisabled: colours.colorTextSecondary,
        colorTextPlaceholder: colours.colorTextTertiary,
        multipleItemColorDisabled: colours.colorTextSecondary,
      },
    },
  };
}
