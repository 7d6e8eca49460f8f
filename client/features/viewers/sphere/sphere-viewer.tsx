import { CompassOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { useTouch } from '../../../theme/appearance.ts';
import { FullscreenButton } from '../fullscreen-button.tsx';
import { viewerTexts } from '../i18n.ts';
import { ImageViewer } from '../image-viewer.tsx';
import type { Scene, SphereLabel } from '../labels/label.ts';
import { Tour } from '../labels/tour.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { useGuiding } from '../vr/guiding.ts';
import { vrTexts } from '../vr/i18n.ts';
import type { MakePlace } from '../vr/place.ts';
import { VrButton } from '../vr/vr-button.tsx';
import { readImage } from './ball.ts';
import { sphereTexts } from './i18n.ts';
import { type Look, zoomed } from './look.ts';
import { knowsItsWay, mayFollow } from './phone.ts';
import { type SphereControl, SphereElement } from './sphere-element.tsx';
import styles from './sphere-viewer.module.css';
import { useSphereLabels } from './use-sphere-labels.ts';

/** A 360° photo, from its middle or flat. Where the browser cannot show spheres, it is shown flat. */
export function SphereViewer(props: ViewerProps) {
  const t = useTexts(sphereTexts);
  const { path, url, poster, sphere } = props.file;
  const [isFlat, setFlat] = useState(false);
  const [isHelpless, setHelpless] = useState(false);
  if (isFlat || isHelpless || !sphere)
    return (
      <div className={styles.sphere}>
        <ImageViewer {...props} />
        {!isHelpless && (
          <div className={styles.foot}>
            <Button onClick={() => setFlat(false)}>{t('around')}</Button>
          </div>
        )}
      </div>
    );
  return (
    <Around
      {...props}
      scene={{ path, url, poster, sphere }}
      onFlat={() => setFlat(true)}
      onHelpless={() => setHelpless(true)}
    />
  );
}

interface AroundProps extends ViewerProps {
  scene: Scene;
  onFlat: () => void;
  onHelpless: () => void;
}

/** A 360° photo with its labels; those that lead on open the next one on the same stage. */
function Around({ file, scene, part, onOpen, onFlat, onHelpless }: AroundProps) {
  const t = useTexts(sphereTexts);
  const words = useTexts(viewerTexts);
  const vr = useTexts(vrTexts);
  const guiding = useGuiding();
  const isTouch = useTouch();
  const place = useRef<HTMLElement>(null);
  const control = useRef<SphereControl>(null);
  const arrival = useRef<{ path: string; look: Look | undefined }>(undefined);
  const [follows, setFollows] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const { labels, tour, asked, go, choose } = useSphereLabels(
    { file, part },
    { control, onGo: () => setFollows(false), onEnter: enter },
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another scene begins anew
  useEffect(() => {
    const at = asked ? labels.indexOf(asked) : -1;
    tour.restart();
    if (at !== -1) tour.go(at);
  }, [file.path, asked?.title]);

  function enter({ scene: next }: SphereLabel) {
    if (!next) return;
    arrival.current = { path: next.path, look: next.look };
    onOpen?.(next.path);
  }

  const surround: MakePlace = async (renderer, leave) => {
    const { spherePlace } = await import('../vr/sphere-place.ts');
    const picture = await readImage(scene.url, renderer.capabilities.maxTextureSize);
    const shown = {
      picture,
      sphere: scene.sphere,
      yaw: control.current?.look().yaw ?? 0,
      hints: [...(labels.length > 0 ? [vr('choose')] : []), vr('walk.turn'), vr('leave.by-button')],
      labels,
      testing: tour.testing,
      ...guiding,
      onLabel: go,
      onLead: choose,
    };
    return spherePlace(shown, leave);
  };
  const follow = async () => {
    const isAllowed = follows || (await mayFollow());
    setRefused(!isAllowed);
    setFollows(isAllowed && !follows);
  };
  return (
    <section className={styles.sphere} ref={place}>
      <div className={styles.stage}>
        <SphereElement
          control={control}
          scene={scene}
          arrival={asked?.view ?? (arrival.current?.path === file.path ? arrival.current.look : undefined)}
          next={labels.flatMap((label) => label.scene?.url ?? [])}
          follows={follows}
          labels={labels}
          active={tour.at}
          isSecret={tour.isSecret}
          onLabel={choose}
          onHelpless={onHelpless}
        />
        <div className={styles.foot}>
          <span className={styles.hint} role={isRefused ? 'alert' : undefined}>
            {t(isRefused ? 'refused' : 'hint')}
          </span>
          {isTouch && knowsItsWay() && (
            <Button
              icon={<CompassOutlined />}
              type={follows ? 'primary' : 'default'}
              aria-label={t('follow')}
              title={t('follow')}
              aria-pressed={follows}
              onClick={follow}
            />
          )}
          <Button
            icon={<MinusOutlined />}
            aria-label={words('zoom.out')}
            onClick={() => control.current?.move((at) => zoomed(at, -1))}
          />
          <Button
            icon={<PlusOutlined />}
            aria-label={words('zoom.in')}
            onClick={() => control.current?.move((at) => zoomed(at, 1))}
          />
          <VrButton of={scene.url} place={surround} />
          <Button onClick={onFlat}>{t('flat')}</Button>
          <FullscreenButton place={place} />
        </div>
      </div>
      {labels.length > 0 && <Tour name={t('tour')} labels={labels} tour={tour} onGo={go} onScene={enter} />}
    </section>
  );
}
