import {
  CaretRightOutlined,
  MinusOutlined,
  MutedOutlined,
  PauseOutlined,
  PlusOutlined,
  SoundOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import type { RefObject } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { FullscreenButton } from '../fullscreen-button.tsx';
import { viewerTexts } from '../i18n.ts';
import type { Sphere } from '../kinds.ts';
import type { SphereLabel } from '../labels/label.ts';
import { clock } from '../media-bar.tsx';
import { useGuiding } from '../vr/guiding.ts';
import { vrTexts } from '../vr/i18n.ts';
import type { MakePlace } from '../vr/place.ts';
import { VrButton } from '../vr/vr-button.tsx';
import styles from './film-viewer.module.css';
import { sphereTexts } from './i18n.ts';
import { zoomed } from './look.ts';
import type { SphereControl } from './sphere-element.tsx';
import { usePlayer } from './use-player.ts';

interface Props {
  player: RefObject<HTMLVideoElement | null>;
  control: RefObject<SphereControl | null>;
  whole: RefObject<HTMLElement | null>;
  sphere: Sphere;
  labels: readonly SphereLabel[];
  /** Whether learners test themselves. */
  testing: boolean;
  onLabel: (at: number) => void;
  /** Told when somebody chose a label that may lead into another scene. */
  onLead: (at: number) => void;
  /** Undefined for a film without captions. */
  captions: { isOn: boolean; turn: (on: boolean) => void } | undefined;
  onFlat: () => void;
}

/** Plays a film on its sphere: what a browser's own player offers, which would show it flat. */
export function FilmBar(props: Props) {
  const { player, control, whole, sphere, captions, onFlat } = props;
  const { labels, testing, onLabel, onLead } = props;
  const t = useTexts(sphereTexts);
  const words = useTexts(viewerTexts);
  const vr = useTexts(vrTexts);
  const guiding = useGuiding();
  const { state, tell } = usePlayer(player);
  const { isPaused, at, length, volume, isMuted } = state;
  function change(to: (film: HTMLVideoElement) => void) {
    if (player.current) to(player.current);
    tell(); // a slider that waited for the player would jump back
  }
  const turn = () => change((film) => (film.paused ? void film.play() : film.pause()));
  const surround: MakePlace = async (_renderer, leave) => {
    const film = player.current;
    if (!film) throw new Error('The film is gone');
    const { spherePlace } = await import('../vr/sphere-place.ts');
    void film.play();
    const yaw = control.current?.look().yaw ?? 0;
    const hints = [
      ...(labels.length > 0 ? [vr('choose')] : []),
      vr('film.play'),
      vr('walk.turn'),
      vr('leave.by-button'),
    ];
    const told = { labels, testing, ...guiding, onLabel, onLead };
    return spherePlace({ ...told, picture: film, sphere, yaw, hints, onPress: turn }, leave);
  };
  return (
    <div className={styles.bar}>
      <Button
        type="primary"
        icon={isPaused ? <CaretRightOutlined /> : <PauseOutlined />}
        aria-label={t(isPaused ? 'play' : 'pause')}
        onClick={turn}
      />
      <input
        type="range"
        className={styles.time}
        min={0}
        max={length || 1}
        step={0.1}
        value={at}
        aria-label={t('film.time')}
        aria-valuetext={clock(Math.floor(at))}
        onChange={({ target }) =>
          change((film) => {
            film.currentTime = Number(target.value);
          })
        }
      />
      <span className={styles.clock}>
        {clock(Math.floor(at))} / {clock(Math.floor(length))}
      </span>
      <Button
        type="text"
        icon={isMuted ? <MutedOutlined /> : <SoundOutlined />}
        aria-label={t(isMuted ? 'unmute' : 'mute')}
        onClick={() =>
          change((film) => {
            film.muted = !isMuted;
            if (isMuted && film.volume === 0) film.volume = 1;
          })
        }
      />
      <input
        type="range"
        className={styles.volume}
        min={0}
        max={1}
        step={0.05}
        value={isMuted ? 0 : volume}
        aria-label={t('film.volume')}
        aria-valuetext={`${Math.round((isMuted ? 0 : volume) * 100)}%`}
        onChange={({ target }) =>
          change((film) => {
            film.volume = Number(target.value);
            film.muted = false;
          })
        }
      />
      {captions && (
        <Button
          type={captions.isOn ? 'default' : 'text'}
          aria-pressed={captions.isOn}
          onClick={() => captions.turn(!captions.isOn)}
        >
          {t('captions')}
        </Button>
      )}
      <span className={styles.gap} />
      <Button
        icon={<MinusOutlined />}
        aria-label={words('zoom.out')}
        onClick={() => control.current?.move((look) => zoomed(look, -1))}
      />
      <Button
        icon={<PlusOutlined />}
        aria-label={words('zoom.in')}
        onClick={() => control.current?.move((look) => zoomed(look, 1))}
      />
      <VrButton place={surround} />
      <Button onClick={onFlat}>{t('flat')}</Button>
      <FullscreenButton place={whole} />
    </div>
  );
}
