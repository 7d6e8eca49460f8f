import { EyeOutlined, FlagOutlined, PictureOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type RefObject, useRef, useState } from 'react';
import { isInSphere, type SphereAnnotation } from '../../../../server/resources/contract.ts';
import { shell, useTexts } from '../../../i18n/index.ts';
import { labelTexts } from '../labels/i18n.ts';
import type { Kept, Scene } from '../labels/label.ts';
import editor from '../labels/label-editor.module.css';
import { type DeskProps, LabelEditor } from '../labels/label-editor.tsx';
import { pictureOf } from '../labels/picture-of.ts';
import { clock } from '../media-bar.tsx';
import { NotOpened } from '../viewer-boundary.tsx';
import styles from './film-viewer.module.css';
import { sphereTexts } from './i18n.ts';
import type { Direction, Look } from './look.ts';
import { type SphereControl, SphereElement } from './sphere-element.tsx';
import { SphereFields } from './sphere-fields.tsx';
import { usePlayer } from './use-player.ts';

interface Props extends DeskProps {
  scene: Scene;
  /** Whether the scene is a film. */
  isFilm: boolean;
  /** The other 360° photos of the draft, that labels may lead into. */
  scenes: readonly Scene[];
  /** Whether readers begin here. */
  isStart: boolean;
  /** Told where one is to look first in this scene. */
  onLook: (look: Look) => void;
  /** Told that readers are to begin here. */
  onStart: () => void;
}

/** Puts numbered labels into a 360° photo, drags them about, and leads from one photo into the next. */
export function SphereLabelEditor({ scene, isFilm, scenes, isStart, onLook, onStart, ...desk }: Props) {
  const t = useTexts(sphereTexts);
  const words = useTexts(labelTexts);
  const control = useRef<SphereControl>(null);
  const film = useRef<HTMLVideoElement>(null);
  const [isHelpless, setHelpless] = useState(false);
  const [arriving, setArriving] = useState<{ key: string; scene: Scene; look: Look | undefined }>();
  const labels = desk.labels.filter(isInSphere);

  const look = () => control.current?.look();
  function spotAt(position: Direction | undefined) {
    const view = look();
    return view && position && { position, view };
  }
  const change = (key: string, to: (label: SphereAnnotation & { key: string }) => Kept) =>
    desk.onChange(labels.map((label) => (label.key === key ? to(label) : label)));

  async function takePicture() {
    if (control.current) desk.onPicture(await pictureOf(await control.current.picture()));
  }

  if (isHelpless) return <NotOpened />;
  if (arriving)
    return (
      <Arrival
        scene={arriving.scene}
        look={arriving.look}
        onDone={(chosen) => {
          if (chosen)
            change(arriving.key, (label) => ({
              ...label,
              scene: { path: arriving.scene.path, look: chosen },
            }));
          setArriving(undefined);
        }}
      />
    );
  return (
    <LabelEditor
      {...desk}
      labels={labels}
      says={{ aim: t('edit.aim'), beside: t('edit.aim'), empty: t('edit.empty') }}
      spotInMiddle={() => {
        const at = look();
        return spotAt(at && { yaw: at.yaw, pitch: at.pitch });
      }}
      seenNow={(label) => {
        const view = look();
        return view && isInSphere(label) ? { ...label, view } : label;
      }}
      goTo={(label) => isInSphere(label) && control.current?.goTo(label.view)}
      stage={({ active, onLabel, onSpot, change: put }) => (
        <>
          <SphereElement
            control={control}
            scene={scene}
            {...(isFilm && { film })}
            labels={labels}
            active={active}
            onLabel={onLabel}
            onPoint={onSpot && ((at) => onSpot(spotAt(at)))}
            onShift={(at, position) => {
              const key = labels[at]?.key;
              if (key !== undefined)
                put(key, (label) => (isInSphere(label) ? { ...label, position } : label));
            }}
            onHelpless={() => setHelpless(true)}
          />
          {isFilm && (
            <video
              ref={film}
              className={styles.source}
              src={scene.url}
              crossOrigin="anonymous"
              muted
              playsInline
              preload="auto"
              tabIndex={-1}
              aria-hidden="true"
            />
          )}
        </>
      )}
      tools={
        <>
          <Button
            icon={<EyeOutlined />}
            onClick={() => {
              const first = look();
              if (first) onLook(first);
            }}
          >
            {t('edit.first-look')}
          </Button>
          {isFilm && <FilmMoment film={film} />}
          <Button icon={<FlagOutlined />} disabled={isStart} onClick={onStart}>
            {t(isStart ? 'edit.is-start' : 'edit.start')}
          </Button>
          <Button icon={<PictureOutlined />} loading={desk.isPicturing} onClick={() => void takePicture()}>
            {words('edit.picture')}
          </Button>
        </>
      }
      fields={(label, to) =>
        isInSphere(label) && (
          <SphereFields
            label={label}
            scenes={scenes}
            onChange={(more) => to((one) => (isInSphere(one) ? { ...one, ...more } : one))}
            onArrival={(next) => setArriving({ key: label.key, scene: next, look: label.scene?.look })}
          />
        )
      }
    />
  );
}

/** Which moment of a film is seen while its labels are put in place. */
function FilmMoment({ film }: { film: RefObject<HTMLVideoElement | null> }) {
  const t = useTexts(sphereTexts);
  const { state, tell } = usePlayer(film);
  return (
    <input
      type="range"
      min={0}
      max={state.length || 1}
      step={0.1}
      value={state.at}
      disabled={state.length === 0}
      aria-label={t('film.time')}
      aria-valuetext={clock(Math.floor(state.at))}
      onChange={({ target }) => {
        if (film.current) film.current.currentTime = Number(target.value);
        tell();
      }}
    />
  );
}

/** Where one looks on arrival in another scene: the author turns it as learners are to see it. */
function Arrival({
  scene,
  look,
  onDone,
}: {
  scene: Scene;
  look: Look | undefined;
  onDone: (look: Look | undefined) => void;
}) {
  const t = useTexts(sphereTexts);
  const words = useTexts(shell);
  const control = useRef<SphereControl>(null);
  return (
    <div className={editor.editor}>
      <div className={editor.stage}>
        <SphereElement
          control={control}
          scene={scene}
          arrival={look}
          labels={[]}
          onLabel={() => {}}
          onHelpless={() => onDone(undefined)}
        />
        <div className={editor.aim} role="status">
          <span>{t('edit.arrival.hint')}</span>
          <Button size="small" type="primary" onClick={() => onDone(control.current?.look())}>
            {t('edit.arrival.keep')}
          </Button>
          <Button size="small" type="text" onClick={() => onDone(undefined)}>
            {words('cancel')}
          </Button>
        </div>
      </div>
    </div>
  );
}
