import { CompassOutlined } from '@ant-design/icons';
import { LinkButton } from '../components/link-button.tsx';
import { NothingYet } from '../components/nothing-yet.tsx';
import { Page } from '../components/page.tsx';
import { defineTexts, useTexts } from '../i18n/index.ts';

const texts = defineTexts(
  'not-found',
  {
    title: '没有这个页面',
    hint: '地址可能有误，或内容已被移走。可以搜索您要找的资源。',
    search: '去搜索',
    home: '回到首页',
  },
  {
    title: 'There is no such page',
    hint: 'The address may be wrong, or what was here has moved. Search for what you need.',
    search: 'Search',
    home: 'Home page',
  },
);

export function NotFoundPage() {
  const t = useTexts(texts);
  return (
    <Page title={t('title')} quietTitle>
      <NothingYet
        title={t('title')}
        hint={t('hint')}
        picture={<CompassOutlined />}
        action={
          <>
            <LinkButton to="/search" type="primary">
              {t('search')}
            </LinkButton>
            <LinkButton to="/">{t('home')}</LinkButton>
          </>
        }
      />
    </Page>
  );
}
