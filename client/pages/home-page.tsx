import { Page } from '../components/page.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { shell, useTexts } from '../i18n/index.ts';

export function HomePage() {
  const t = useTexts(shell);
  return (
    <Page title={t('tagline')}>
      <SearchBox />
    </Page>
  );
}
