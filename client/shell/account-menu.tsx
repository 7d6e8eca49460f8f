import { UserOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { useMe } from '../api/me.ts';
import { LinkButton } from '../components/link-button.tsx';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './account-menu.module.css';
import type { Navigation } from './navigation.ts';

const fetchMenu = () => import('./account-dropdown.tsx');
const AccountDropdown = lazy(async () => ({ default: (await fetchMenu()).AccountDropdown }));

/** The member's face; its menu is fetched when a pointer or the focus comes near. For visitors, the way in. */
export function AccountMenu({ manage }: { manage: Navigation['manage'] }) {
  const t = useTexts(shell);
  const { me } = useMe();
  const { pathname, search } = useLocation();
  const [wanted, setWanted] = useState(false);
  const face = (
    <Button
      type="text"
      shape="circle"
      aria-label={me ? t('account.of', { name: me.name }) : t('menu')}
      aria-haspopup="menu"
      onPointerEnter={() => void fetchMenu()}
      onFocus={() => void fetchMenu()}
      onClick={() => setWanted(true)}
    >
      <span className={styles.face}>{me ? me.name.slice(0, 1) : <UserOutlined aria-hidden="true" />}</span>
    </Button>
  );
  return (
    <>
      {wanted ? (
        <Suspense fallback={face}>
          <AccountDropdown manage={manage}>{face}</AccountDropdown>
        </Suspense>
      ) : (
        face
      )}
      {!me && pathname !== '/sign-in' && (
        <LinkButton to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>{t('sign-in')}</LinkButton>
      )}
    </>
  );
}
