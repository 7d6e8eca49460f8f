import { CloudUploadOutlined, MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { useMe } from '../api/me.ts';
import { LinkButton } from '../components/link-button.tsx';
import { SearchBox } from '../features/search/search-box.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import { AccountMenu } from './account-menu.tsx';
import styles from './header.module.css';
import { Logo } from './logo.tsx';
import { navigationFor } from './navigation.ts';
import { ReviewCount } from './review-count.tsx';

const PhoneMenu = lazy(async () => ({ default: (await import('./phone-menu.tsx')).PhoneMenu }));

export function Header() {
  const t = useTexts(shell);
  const { pathname } = useLocation();
  const { me, may, isPending } = useMe();
  const [phoneMenu, setPhoneMenu] = useState<'never' | 'open' | 'closed'>('never');
  const navigation = navigationFor(may, me !== undefined);
  const hasOwnBox = pathname === '/' || pathname === '/search';

  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Button
          className={styles.burger}
          type="text"
          icon={<MenuOutlined />}
          aria-label={t('menu')}
          aria-expanded={phoneMenu === 'open'}
          onClick={() => setPhoneMenu('open')}
        />
        <Link to="/" className={styles.brand}>
          <Logo />
          <span>{t('product')}</span>
        </Link>
        <nav aria-label={t('nav.main')} className={styles.nav}>
          {[...navigation.look, ...navigation.work].map(({ to, text }) => (
            <NavLink key={to} to={to} className={styles.place}>
              {t(text)}
              {to === '/reviews' && <ReviewCount />}
            </NavLink>
          ))}
        </nav>
        <div className={styles.search}>{!hasOwnBox && <SearchBox size="middle" />}</div>
        {!hasOwnBox && (
          <LinkButton
            to="/search"
            className={styles.glass}
            type="text"
            icon={<SearchOutlined />}
            aria-label={t('search')}
          />
        )}
        <div className={styles.own}>
          {!isPending && (
            <>
              {may('create', 'resource') && (
                <LinkButton
                  to="/upload"
                  className={styles.upload}
                  type="primary"
                  icon={<CloudUploadOutlined />}
                  aria-label={t('upload')}
                >
                  <span className={styles.wide}>{t('upload')}</span>
                </LinkButton>
              )}
              <AccountMenu manage={navigation.manage} />
            </>
          )}
        </div>
      </div>
      {phoneMenu !== 'never' && (
        <Suspense>
          <PhoneMenu
            navigation={navigation}
            open={phoneMenu === 'open'}
            onClose={() => setPhoneMenu('closed')}
          />
        </Suspense>
      )}
    </header>
  );
}
