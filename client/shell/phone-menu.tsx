import { CloudUploadOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { NavLink } from 'react-router';
import { useMe } from '../api/me.ts';
import { shell, useTexts } from '../i18n/index.ts';
import type { Navigation } from './navigation.ts';
import styles from './phone-menu.module.css';
import { ReviewCount } from './review-count.tsx';

interface Props {
  navigation: Navigation;
  open: boolean;
  onClose: () => void;
}

export function PhoneMenu({ navigation, open, onClose }: Props) {
  const t = useTexts(shell);
  const { may } = useMe();
  return (
    <Drawer placement="left" size={280} open={open} onClose={onClose} title={t('menu')}>
      <nav aria-label={t('nav.main')} className={styles.nav}>
        {may('create', 'resource') && (
          <NavLink to="/upload" className={styles.place} onClick={onClose}>
            <CloudUploadOutlined aria-hidden="true" /> {t('upload')}
          </NavLink>
        )}
        {[navigation.look, navigation.work, navigation.manage]
          .filter((places) => places.length > 0)
          .map((places) => (
            <ul key={places[0]?.to} className={styles.group}>
              {places.map(({ to, text }) => (
                <li key={to}>
                  <NavLink to={to} className={styles.place} onClick={onClose}>
                    {t(text)}
                    {to === '/reviews' && <ReviewCount />}
                  </NavLink>
                </li>
              ))}
            </ul>
          ))}
      </nav>
    </Drawer>
  );
}
