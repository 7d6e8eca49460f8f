import { PictureOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { RefObject } from 'react';
import { useTexts } from '../../i18n/index.ts';
import type { Chapter } from './captions.ts';
import { viewerTexts } from './i18n.ts';
import styles from './media-viewer.module.css';

interface Props {
  player: RefObject<HTMLMediaElement | null>;
  chapters: readonly Chapter[];
  /** Whether there is a picture that could float above other windows. */
  hasPicture: boolean;
}

const speeds = [0.75, 1, 1.25, 1.5, 2];

/** What browsers' own players lack, or hide: chapters, speed, the picture above other windows. */
export function MediaBar({ player, chapters, hasPicture }: Props) {
  const t = useTexts(viewerTexts);
  const go = (seconds: number) => {
    if (!player.current) return;
    player.current.currentTime = seconds;
    void player.current.play();
  };
  return (
    <div className={styles.bar}>
      {chapters.length > 0 && (
        <Select
          aria-label={t('media.chapters')}
          className={styles.chapters}
          placeholder={t('media.chapters')}
          value={null}
          options={chapters.map(({ at, text }) => ({ value: at, label: `${clock(at)} ${text}` }))}
          onChange={(at: number | null) => at !== null && go(at)}
        />
      )}
      <span className={styles.gap} />
      <Select
        aria-label={t('media.speed')}
        defaultValue={1}
        options={speeds.map((speed) => ({ value: speed, label: `${speed}×` }))}
        onChange={(speed) => {
          if (player.current) player.current.playbackRate = speed;
        }}
      />
      {hasPicture && document.pictureInPictureEnabled && (
        <Button
          type="text"
          icon={<PictureOutlined />}
          onClick={() => player.current instanceof HTMLVideoElement && float(player.current)}
        >
          {t('media.float')}
        </Button>
      )}
    </div>
  );
}

/** Lets a picture float above other windows, or brings it back. Where it cannot yet, the player itself is next. */
function float(video: HTMLVideoElement): void {
  const isAbove = document.pictureInPictureElement === video;
  const turned = isAbove ? document.exitPictureInPicture() : video.requestPictureInPicture();
  turned.catch(() => video.focus());
}

/** 4:05 or 1:04:05. */
export function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
