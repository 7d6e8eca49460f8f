import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import { hush, newsNow, onNews } from '../components/say.ts';
import { shell, useTexts } from '../i18n/index.ts';
import styles from './news.module.css';

const shownFor = 6000;

/** Where `say` is heard: one polite live region for the whole application. */
export function NewsRegion() {
  const t = useTexts(shell);
  const news = useSyncExternalStore(onNews, newsNow);
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(hush, news.action ? shownFor * 2 : shownFor);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div role="status" aria-live="polite" className={styles.region}>
      {news && (
        <div className={styles.news}>
          <span>{news.text}</span>
          {news.action && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                news.action?.run();
                hush();
              }}
            >
              {news.action.label}
            </Button>
          )}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('close')} onClick={hush} />
        </div>
      )}
    </div>
  );
}
