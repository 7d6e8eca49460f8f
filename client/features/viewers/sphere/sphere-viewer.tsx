import { CompassOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { useTouch } from '../../../theme/appearance.ts';
import { FullscreenButton } from '../fullscreen-button.tsx';
import { viewerTexts } from '../i18n.ts';
import { ImageViewer } from '../image-viewer.tsx';
import { nameOf, type Sphere } from '../kinds.ts';
import type { ViewerProps } from '../viewer-props.ts';
import { dragged, keyed, type Look, zoomed } from './look.ts';
import { knowsItsWay, mayFollow, usePhone } from './phone.ts';
import styles from './sphere-viewer.module.css';
import { createStage, type Stage } from './stage.ts';

/** A 360° photo, from its middle or flat. Where the browser cannot show spheres, it is shown flat. */
export function SphereViewer(props: ViewerProps) {
  const t = useTexts(viewerTexts);
  const { sphere } = props.file;
  const [isFlat, setFlat] = useState(false);
  const [isHelpless, setHelpless] = useState(false);
  if (isFlat || isHelpless || !sphere)
    return (
      <div className={styles.sphere}>
        <ImageViewer {...props} />
        {!isHelpless && (
          <div className={styles.foot}>
            <Button onClick={() => setFlat(false)}>{t('sphere.around')}</Button>
          </div>
        )}
      </div>
    );
  return (
    <Around {...props} sphere={sphere} onFlat={() => setFlat(true)} onHelpless={() => setHelpless(true)} />
  );
}

interface AroundProps extends ViewerProps {
  sphere: Sphere;
  onFlat: () => void;
  onHelpless: () => void;
}

function Around({ file, sphere, onFlat, onHelpless }: AroundProps) {
  const t = useTexts(viewerTexts);
  const isTouch = useTouch();
  const place = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const start: Look = { yaw: sphere.yaw, pitch: sphere.pitch, width: sphere.view ?? 75 };
  const look = useRef(start);
  const stage = useRef<Stage>(undefined);
  const [follows, setFollows] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const move = useCallback((change: (look: Look) => Look) => {
    look.current = change(look.current);
    stage.current?.draw(look.current);
  }, []);
  usePhone(follows, move);
  const { drag, wheel } = useFingers(move);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another viewer
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let made: Stage;
    try {
      made = createStage(element, sphere);
    } catch {
      onHelpless(); // no WebGL: the picture itself is still there
      return;
    }
    stage.current = made;
    const size = new ResizeObserver(() => made.resize());
    size.observe(element);
    made.draw(look.current);
    const small = file.poster ? made.show(file.poster).catch(() => {}) : Promise.resolve();
    small.then(() => made.show(file.url)).catch(() => !file.poster && onHelpless());
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      size.disconnect();
      stage.current = undefined;
      made.dispose();
    };
  }, []);

  const follow = async () => {
    const isAllowed = follows || (await mayFollow());
    setRefused(!isAllowed);
    setFollows(isAllowed && !follows);
  };
  return (
    <section className={styles.sphere} ref={place}>
      <div
        className={styles.around}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys look around in it
        tabIndex={0}
        aria-label={t('sphere.of', { name: nameOf(file.path) })}
        onKeyDown={(event) => {
          const next = keyed(look.current, event.key, start);
          if (!next) return;
          event.preventDefault();
          move(() => next);
        }}
        {...drag}
      >
        <canvas ref={canvas} className={styles.canvas} />
      </div>
      <div className={styles.foot}>
        <span className={styles.hint} role={isRefused ? 'alert' : undefined}>
          {t(isRefused ? 'sphere.refused' : 'sphere.hint')}
        </span>
        {isTouch && knowsItsWay() && (
          <Button
            icon={<CompassOutlined />}
            type={follows ? 'primary' : 'default'}
            aria-label={t('sphere.follow')}
            title={t('sphere.follow')}
            aria-pressed={follows}
            onClick={follow}
          />
        )}
        <Button
          icon={<MinusOutlined />}
          aria-label={t('zoom.out')}
          onClick={() => move((at) => zoomed(at, -1))}
        />
        <Button
          icon={<PlusOutlined />}
          aria-label={t('zoom.in')}
          onClick={() => move((at) => zoomed(at, 1))}
        />
        <Button onClick={onFlat}>{t('sphere.flat')}</Button>
        <FullscreenButton place={place} />
      </div>
    </section>
  );
}

/** One finger or the mouse turns, two fingers or the wheel zoom. */
function useFingers(move: (change: (look: Look) => Look) => void) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const apart = () => {
    const [a, b] = [...down.current.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const lift = ({ pointerId }: PointerEvent) => void down.current.delete(pointerId);
  return {
    wheel: (event: WheelEvent) => {
      event.preventDefault();
      move((look) => zoomed(look, -event.deltaY / 120));
    },
    drag: {
      onPointerDown: ({ pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        currentTarget.setPointerCapture(pointerId);
        down.current.set(pointerId, { x: clientX, y: clientY });
      },
      onPointerMove: ({ pointerId, clientX, clientY, currentTarget }: PointerEvent) => {
        const before = down.current.get(pointerId);
        if (!before) return;
        const wasApart = apart();
        down.current.set(pointerId, { x: clientX, y: clientY });
        if (down.current.size > 1 && wasApart > 0)
          move((look) => zoomed(look, Math.log(apart() / wasApart) / Math.log(1 / 0.85)));
        else
          move((look) => dragged(look, clientX - before.x, clientY - before.y, currentTarget.clientHeight));
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}
