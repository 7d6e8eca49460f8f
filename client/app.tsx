import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useLayoutEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { useLanguage } from './i18n/index.ts';
import { Addresses } from './routes.tsx';
import { useAppearance, useCalm, useTouch } from './theme/appearance.ts';
import { applyOwnTokens, themeOf } from './theme/tokens.ts';

const locales = { 'zh-CN': zhCN, en };

/**
 * Lists and menus open inside of the dialog or landmark that they belong to, where readers who go from landmark to
 * landmark come by; what opens by itself stands beside them.
 */
const landmarkOf = (opener?: HTMLElement): HTMLElement =>
  opener?.closest<HTMLElement>('.ant-modal-container, [role="dialog"], main, header') ?? document.body;

export function App() {
  const appearance = useAppearance();
  const touch = useTouch();
  const calm = useCalm();
  const language = useLanguage();
  useLayoutEffect(() => applyOwnTokens(appearance), [appearance]);
  return (
    <ConfigProvider
      theme={themeOf(appearance, touch, calm, language)}
      locale={locales[language]}
      button={{ autoInsertSpace: false }}
      getPopupContainer={landmarkOf}
    >
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Addresses />
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
