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

export function App() {
  const appearance = useAppearance();
  const touch = useTouch();
  const calm = useCalm();
  const language = useLanguage();
  useLayoutEffect(() => applyOwnTokens(appearance), [appearance]);
  return (
    <ConfigProvider
      theme={themeOf(appearance, touch, calm)}
      locale={locales[language]}
      button={{ autoInsertSpace: false }}
    >
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Addresses />
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
