import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { spokenAt } from '../captions.ts';
import { OnceConverted } from '../converting.tsx';
import { viewerTexts } from '../i18n.ts';
import type { Sphere } from '../kinds.ts';
import type { SphereLabel } from '../labels/label.ts';
import { Tour } from '../labels/tour.tsx';
import { MediaBar } from '../media-bar.tsx';
import { chaptersOf, Film, useSpoken, useStart, useTracks } from '../media-viewer.tsx';
import { useGoingOn } from '../streaming.ts';
import { NotOpened } from '../viewer-boundary.tsx';
import type { ViewerProps } from '../viewer-props.ts';
import { FilmBar } from './film-bar.tsx';
import { steered } from './film-keys.ts';
import styles from './film-viewer.module.css';
import { sphereTexts } from './i18n.ts';
import { type SphereControl, SphereElement } from './sphere-element.tsx';
import { useSphereLabels } from './use-sphere-labels.ts';

/** A 360° film with its labels, from its middle or flat. Where the browser cannot show spheres, it plays flat. */
export const FilmViewer = (props: ViewerProps) => (
  <OnceConverted file={props.file}>
    <AroundOrFlat {...props} />
  </OnceConverted>
);

function AroundOrFlat(props: ViewerProps) {
  const t = useTexts(sphereTexts);
  const { sphere } = props.file;
  const [isFlat, setFlat] = useState(false);
  const [isHelpless, setHelpless] = useState(false);
  if (sphere && !isFlat && !isHelpless)
    return (
      <Around {...props} sphere={sphere} onFlat={() => setFlat(true)} onHelpless={() => setHelpless(true)} />
    );
  return (
    <div className={styles.flat}>
      <p className={styles.note} role={isHelpless ? 'alert' : undefined}>
        {isHelpless ? t('helpless') : <Button onClick={() => setFlat(false)}>{t('around')}</Button>}
      </p>
      <Film {...props} />
    </div>
  );
}

interface AroundProps extends ViewerProps {
  sphere: Sphere;
  onFlat: () => void;
  onHelpless: () => void;
}

function Around(props: AroundProps) {
  const { file, place, sphere, onOpen, onFlat, onHelpless } = props;
  const t = useTexts(sphereTexts);
  const words = useTexts(viewerTexts);
  const whole = useRef<HTMLElement>(null);
  const control = useRef<SphereControl>(null);
  const player = useRef<HTMLVideoElement>(null);
  const tracks = useTracks(file.tracks);
  const [failed, setFailed] = useState(false);
  const goOn = useGoingOn(player, file.of, () => setFailed(true));
  const [now, setNow] = useState(0);
  const [hasCaptions, setCaptions] = useState(true);
  const cues = useSpoken(props, tracks);
  const enter = ({ scene }: SphereLabel) => scene && onOpen?.(scene.path);
  const { labels, tour, asked, go, choose } = useSphereLabels(props, { control, onEnter: enter });
  const spoken = hasCaptions ? spokenAt(cues, now) : undefined;
  const url = file.copies?.playable?.url ?? file.url;
  useStart(player, url, place);

  useEffect(() => {
    const film = player.current;
    if (!film) return;
    const tell = () => setNow(film.currentTime);
    film.addEventListener('timeupdate', tell);
    return () => film.removeEventListener('timeupdate', tell);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another label that was asked for begins anew
  useEffect(() => {
    if (asked) tour.go(labels.indexOf(asked));
  }, [asked?.title]);

  const onKey = (key: string) =>
    player.current !== null && steered(player.current, key, () => setCaptions((on) => !on));

  if (failed)
    return <NotOpened because={file.codec ? words('video.codec', { codec: file.codec }) : file.failure} />;
  return (
    <section className={styles.film} ref={whole}>
      <div className={styles.around}>
        <div className={styles.stage}>
          <SphereElement
            control={control}
            scene={{ path: file.path, url, poster: file.poster, sphere }}
            film={player}
            keys={{ says: t('film.keys'), press: onKey }}
            arrival={asked?.view}
            labels={labels}
            active={tour.at}
            isSecret={tour.isSecret}
            onLabel={choose}
            onHelpless={onHelpless}
          />
          {spoken && <p className={styles.spoken}>{spoken}</p>}
        </div>
        {labels.length > 0 && <Tour name={t('tour')} labels={labels} tour={tour} onGo={go} onScene={enter} />}
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: it plays on the sphere, where its captions stand over it */}
      <video
        ref={player}
        className={styles.source}
        src={url}
        crossOrigin="anonymous"
        playsInline
        preload="auto"
        tabIndex={-1}
        aria-hidden="true"
        onError={goOn.onError}
        onWaiting={goOn.onWaiting}
        onSeeking={goOn.onSeeking}
      />
      <FilmBar
        player={player}
        control={control}
        whole={whole}
        sphere={sphere}
        labels={labels}
        testing={tour.testing}
        onLabel={go}
        onLead={choose}
        captions={cues.length > 0 ? { isOn: hasCaptions, turn: setCaptions } : undefined}
        onFlat={onFlat}
      />
      <MediaBar player={player} chapters={chaptersOf(file, tracks)} hasPicture={false} />
    </section>
  );
}
