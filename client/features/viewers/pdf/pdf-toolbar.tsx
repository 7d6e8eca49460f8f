import {
  DownOutlined,
  ExpandOutlined,
  MenuOutlined,
  SearchOutlined,
  UpOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { viewerTexts } from '../i18n.ts';
import styles from './pdf-toolbar.module.css';

interface Props {
  page: number;
  pages: number;
  zoom: number;
  onPage: (page: number) => void;
  onZoom: (zoom: number) => void;
  onFullscreen: () => void;
  /** Whether the strip with pages and outline is open. */
  hasSide: boolean;
  onSide: () => void;
  onFind: () => void;
}

const step = 1.25;

export function PdfToolbar({ page, pages, zoom, hasSide, ...on }: Props) {
  const { onPage, onZoom, onFullscreen, onSide, onFind } = on;
  const t = useTexts(viewerTexts);
  const [typed, setTyped] = useState(String(page));
  useEffect(() => setTyped(String(page)), [page]);

  function go(event: React.FormEvent) {
    event.preventDefault();
    const wanted = Math.round(Number(typed));
    if (wanted >= 1 && wanted <= pages) onPage(wanted);
    else setTyped(String(page));
  }

  return (
    <div className={styles.bar}>
      <Button
        type="text"
        size="small"
        icon={<MenuOutlined />}
        aria-label={t('side')}
        aria-expanded={hasSide}
        onClick={onSide}
      />
      <Button
        type="text"
        size="small"
        className={styles.step}
        icon={<UpOutlined />}
        aria-label={t('pdf.previous')}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <Button
        type="text"
        size="small"
        className={styles.step}
        icon={<DownOutlined />}
        aria-label={t('pdf.next')}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
      <form className={styles.page} onSubmit={go}>
        <input
          className={styles.number}
          inputMode="numeric"
          aria-label={t('pdf.page')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(String(page))}
        />
        <span>{t('pdf.of', { count: pages })}</span>
      </form>
      <span className={styles.gap} />
      <Button type="text" size="small" icon={<SearchOutlined />} aria-label={t('find')} onClick={onFind} />
      <Button
        type="text"
        size="small"
        icon={<ZoomOutOutlined />}
        aria-label={t('zoom.out')}
        disabled={zoom <= 0.5}
        onClick={() => onZoom(zoom / step)}
      />
      <Button
        type="text"
        size="small"
        className={styles.zoom}
        aria-label={`${Math.round(zoom * 100)}% ${t('zoom.fit')}`}
        onClick={() => onZoom(1)}
      >
        {Math.round(zoom * 100)}%
      </Button>
      <Button
        type="text"
        size="small"
        icon={<ZoomInOutlined />}
        aria-label={t('zoom.in')}
        disabled={zoom >= 3}
        onClick={() => onZoom(zoom * step)}
      />
      <Button
        type="text"
        size="small"
        icon={<ExpandOutlined />}
        aria-label={t('fullscreen')}
        onClick={onFullscreen}
      />
    </div>
  );
}
