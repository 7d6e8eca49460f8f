import { CompressOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import OpenSeadragon from 'openseadragon';
import { useEffect, useRef, useState } from 'react';
import { renewed } from '../../api/previews.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCalm } from '../../theme/appearance.ts';
import { FullscreenButton } from './fullscreen-button.tsx';
import { viewerTexts } from './i18n.ts';
import { nameOf } from './kinds.ts';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';
import styles from './zoom-viewer.module.css';

/** A picture that is too large to be shown at once, in tiles: only those that are looked at are fetched. */
export function ZoomViewer({ file: { path, tiles, failure, of } }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const calm = useCalm();
  const cache = useQueryClient();
  const place = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const viewer = useRef<OpenSeadragon.Viewer>(undefined);
  const [failed, setFailed] = useState(false);
  const name = t('zoom.of', { name: nameOf(path) });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another language or taste is no reason to begin anew
  useEffect(() => {
    const element = canvas.current;
    if (!element || tiles === undefined) return;
    const stopping = new AbortController();
    const open = async () => {
      const response = await fetch(`${tiles}/info.json`, { signal: stopping.signal });
      if (!response.ok) throw new Error(`${tiles} answers ${response.status}`);
      const info: object = await response.json();
      // The file does not know at which address it will stand.
      const image: OpenSeadragon.TileSourceOptions & { id: string } = { ...info, id: tiles };
      const made = OpenSeadragon({
        element,
        tileSources: image,
        drawer: 'canvas',
        showNavigationControl: false,
        showNavigator: false,
        crossOriginPolicy: 'Anonymous',
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
        maxZoomPixelRatio: 4,
        visibilityRatio: 0.5,
        ...(calm && { animationTime: 0 }),
      });
      made.canvas.setAttribute('role', 'application');
      made.canvas.setAttribute('aria-label', name);
      made.addOnceHandler('open-failed', () => setFailed(true));
      made.addOnceHandler(
        'open',
        () => of && renewTiles(made, (address) => renewed(cache, of, address), tiles),
      );
      viewer.current = made;
    };
    open().catch(() => !stopping.signal.aborted && setFailed(true));
    return () => {
      stopping.abort();
      viewer.current?.destroy();
      viewer.current = undefined;
    };
  }, [tiles]);

  if (failed) return <NotOpened because={failure} />;
  const zoom = (factor: number) => {
    viewer.current?.viewport.zoomBy(factor);
    viewer.current?.viewport.applyConstraints();
  };
  return (
    <section className={styles.zoom} ref={place}>
      <div ref={canvas} className={styles.canvas} />
      <div className={styles.foot}>
        <Button icon={<MinusOutlined />} aria-label={t('zoom.out')} onClick={() => zoom(1 / 1.6)} />
        <Button icon={<PlusOutlined />} aria-label={t('zoom.in')} onClick={() => zoom(1.6)} />
        <Button
          icon={<CompressOutlined />}
          aria-label={t('zoom.all')}
          title={t('zoom.all')}
          onClick={() => viewer.current?.viewport.goHome()}
        />
        <FullscreenButton place={place} />
      </div>
    </section>
  );
}

/** Asks for tiles by other addresses, once those of the picture have ended while it was looked at. */
function renewTiles(
  viewer: OpenSeadragon.Viewer,
  renew: (address: string) => Promise<string | undefined>,
  tiles: string,
): void {
  const { source } = viewer.world.getItemAt(0);
  const addressOf = source.getTileUrl.bind(source);
  let newest = tiles;
  source.getTileUrl = (...at) => String(addressOf(...at)).replace(tiles, newest);
  viewer.addHandler('tile-load-failed', async () => {
    const next = await renew(newest).catch(() => undefined); // nothing is lost but what was not there
    if (next === undefined) return;
    newest = next;
    viewer.world.resetItems();
  });
}
