import { PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTexts } from '../../../i18n/index.ts';
import { nameOf } from '../kinds.ts';
import { packageTexts } from './i18n.ts';
import { encodePath, type PackageProps } from './package-props.ts';
import styles from './packages.module.css';
import { SandboxFrame } from './sandbox-frame.tsx';

/** One page of a package, outside of its course, since a search has led there. */
export function SinglePage({ play, entry, onStart }: PackageProps & { entry: string; onStart: () => void }) {
  const t = useTexts(packageTexts);
  return (
    <>
      <div className={styles.bar}>
        <span>{t('page.alone')}</span>
        <span className={styles.gap} />
        <Button type="text" size="small" icon={<PlayCircleOutlined />} onClick={onStart}>
          {t('start-over')}
        </Button>
      </div>
      <SandboxFrame src={play + encodePath(entry)} title={nameOf(entry)} joins />
    </>
  );
}
