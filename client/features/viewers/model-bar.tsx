import { PauseOutlined, PlayCircleOutlined, QrcodeOutlined } from '@ant-design/icons';
import type { ModelViewerElement } from '@google/model-viewer';
import { Button, Popover, Select } from 'antd';
import { type RefObject, useState } from 'react';
import { encode } from 'uqr';
import { useTexts } from '../../i18n/index.ts';
import { viewerTexts } from './i18n.ts';
import styles from './model-viewer.module.css';

interface Props {
  element: RefObject<ModelViewerElement | null>;
  animations: readonly string[];
  variants: readonly string[];
}

/** What can be done with an open model, besides turning it. */
export function ModelBar({ element, animations, variants }: Props) {
  const t = useTexts(viewerTexts);
  const [playing, setPlaying] = useState(false);

  function toggle() {
    if (playing) element.current?.pause();
    else element.current?.play();
    setPlaying(!playing);
  }

  return (
    <div className={styles.foot}>
      <span className={styles.hint}>{t('model.hint')}</span>
      {animations.length > 0 && (
        <Button size="small" icon={playing ? <PauseOutlined /> : <PlayCircleOutlined />} onClick={toggle}>
          {playing ? t('model.pause') : t('model.play')}
        </Button>
      )}
      {animations.length > 1 && (
        <Select
          size="small"
          aria-label={t('model.animation')}
          defaultValue={animations[0]}
          options={animations.map((name) => ({ value: name, label: name }))}
          onChange={(name) => {
            if (!element.current || name === undefined) return;
            element.current.animationName = name;
            element.current.play();
            setPlaying(true);
          }}
        />
      )}
      {variants.length > 0 && (
        <Select
          size="small"
          aria-label={t('model.variant')}
          placeholder={t('model.variant')}
          options={variants.map((name) => ({ value: name, label: name }))}
          onChange={(name: string) => {
            if (element.current) element.current.variantName = name;
          }}
        />
      )}
      <Popover
        trigger="click"
        title={t('model.phone-code')}
        content={<QrCode text={window.location.href} label={t('model.phone-code')} />}
      >
        <Button size="small" icon={<QrcodeOutlined />} className={styles.code}>
          {t('model.on-phone')}
        </Button>
      </Popover>
    </div>
  );
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 2 });
  const dark = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
    .join('');
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={200} height={200} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
