import { CloudUploadOutlined, TagsOutlined, UserAddOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { useTexts } from '../../i18n/index.ts';
import styles from './set-up-done.module.css';
import { setUpTexts } from './set-up-texts.ts';

const steps = [
  { to: '/upload', text: 'done.upload', icon: <CloudUploadOutlined /> },
  { to: '/organisations', text: 'done.invite', icon: <UserAddOutlined /> },
  { to: '/vocabularies', text: 'done.vocabularies', icon: <TagsOutlined /> },
] as const;

/** All is set up: what is worth doing first. */
export function SetUpDone({ group }: { group: string }) {
  const t = useTexts(setUpTexts);
  return (
    <div className={styles.done}>
      <h2>{t('done.title', { group })}</h2>
      <p>{t('done.lead')}</p>
      <ul className={styles.steps}>
        {steps.map(({ to, text, icon }) => (
          <li key={to} className={styles.step}>
            <span className={styles.icon} aria-hidden="true">
              {icon}
            </span>
            <h3>
              <Link to={to}>{t(text)}</Link>
            </h3>
            <p>{t(`${text}.detail`)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
