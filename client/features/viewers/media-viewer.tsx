import { useQueries } from '@tanstack/react-query';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useTexts } from '../../i18n/index.ts';
import {
  type Chapter,
  type Cue,
  captionsFor,
  cuesOf,
  languageOf,
  spokenAt,
  type Track,
  wordsOf,
} from './captions.ts';
import { OnceConverted } from './converting.tsx';
import { viewerTexts } from './i18n.ts';
import { nameOf, type Viewable } from './kinds.ts';
import { MediaBar } from './media-bar.tsx';
import styles from './media-viewer.module.css';
import { useGoingOn, useSource } from './streaming.ts';
import { NotOpened } from './viewer-boundary.tsx';
import type { ViewerProps } from './viewer-props.ts';

/** Begins at the second that was asked for, whenever the player has another source. */
export function useStart(
  player: RefObject<HTMLMediaElement | null>,
  source: string,
  place: number | undefined,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source begins anew
  useEffect(() => {
    if (player.current && place !== undefined) player.current.currentTime = place;
  }, [player, source, place]);
}

interface ReadTrack extends Track {
  vtt: string;
}

/** Captions and chapters, read: they may be in formats that browsers do not know. */
export function useTracks(tracks: readonly Track[] = []): ReadTrack[] {
  const read = useQueries({
    queries: tracks.map((track) => ({
      queryKey: ['track', track.url],
      queryFn: ({ signal }: { signal: AbortSignal }) => wordsOf(track, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  return tracks.flatMap((track, index) => {
    const vtt = read[index]?.data;
    return vtt === undefined ? [] : [{ ...track, vtt }];
  });
}

/** The chapters of a recording: those that its author wrote beside it, or else those inside of it. */
export function chaptersOf({ chapters = [] }: Viewable, tracks: readonly ReadTrack[]): readonly Chapter[] {
  const written = tracks.filter(({ kind }) => kind === 'chapters').flatMap(({ vtt }) => cuesOf(vtt));
  return written.length > 0 ? written : chapters;
}

/** What is said in a recording, for a viewer that shows it by itself. */
export function useSpoken({ file: { tracks }, captions }: ViewerProps, read: readonly ReadTrack[]): Cue[] {
  const shown = captionsFor(tracks ?? [], useLanguage(), captions)?.path;
  return read.filter(({ path }) => path === shown).flatMap(({ vtt }) => cuesOf(vtt));
}

/** Recordings, by the browser's own player. */
export const VideoViewer = (props: ViewerProps) => (
  <OnceConverted file={props.file}>
    <Film {...props} />
  </OnceConverted>
);

/** The same, whether browsers play it or not. */
export function Film({ file, place, captions: asked }: ViewerProps) {
  const t = useTexts(viewerTexts);
  const language = useLanguage();
  const player = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const tracks = useTracks(file.tracks);
  const copy = file.copies?.playable;
  // A list that is there only later on takes nothing from whoever is watching by then.
  const [isStreamed] = useState(file.copies?.hls !== undefined);
  const source = { file: copy?.url ?? file.url, playlist: isStreamed ? file.copies?.hls?.url : undefined };
  useSource(player, source, file.of);
  useStart(player, source.file, place);
  const goOn = useGoingOn(player, file.of, () => setFailed(true));
  if (failed)
    return <NotOpened because={file.codec ? t('video.codec', { codec: file.codec }) : file.failure} />;
  const captions = tracks.filter(({ kind }) => kind === 'captions');
  const shown = captionsFor(file.tracks ?? [], language, asked)?.path;
  return (
    <div className={styles.film}>
      {/* biome-ignore lint/a11y/useMediaCaption: an author need not give any; those that are there are added below */}
      <video
        ref={player}
        className={styles.video}
        poster={file.poster}
        controls
        playsInline
        preload="metadata"
        aria-label={nameOf(file.path)}
        onError={goOn.onError}
        onWaiting={goOn.onWaiting}
        onSeeking={goOn.onSeeking}
      >
        {captions.map((track) => (
          <CaptionTrack key={track.path} track={track} isShown={track.path === shown} />
        ))}
      </video>
      {copy && <p className={styles.note}>{t('video.copy')}</p>}
      <MediaBar player={player} chapters={chaptersOf(file, tracks)} hasPicture />
    </div>
  );
}

function CaptionTrack({ track, isShown }: { track: ReadTrack; isShown: boolean }) {
  const { vtt } = track;
  const element = useRef<HTMLTrackElement>(null);
  const reader = useLanguage();
  const language = languageOf(track);
  const name = language && new Intl.DisplayNames(reader, { type: 'language' }).of(language);
  const url = useMemo(() => URL.createObjectURL(new Blob([vtt], { type: 'text/vtt' })), [vtt]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  // Left to `default`, browsers choose anew with each track that comes, and may show two.
  useEffect(() => {
    if (element.current) element.current.track.mode = isShown ? 'showing' : 'hidden';
  }, [isShown]);
  return (
    <track
      ref={element}
      kind="captions"
      src={url}
      srcLang={language ?? reader}
      label={track.title ?? name ?? (track.language || nameOf(track.path))}
    />
  );
}

export const AudioViewer = (props: ViewerProps) => (
  <OnceConverted file={props.file}>
    <Sound {...props} />
  </OnceConverted>
);

function Sound(props: ViewerProps) {
  const { file, place } = props;
  const player = useRef<HTMLAudioElement>(null);
  const source = file.copies?.playable?.url ?? file.url;
  useStart(player, source, place);
  const [failed, setFailed] = useState(false);
  const goOn = useGoingOn(player, file.of, () => setFailed(true));
  const [now, setNow] = useState(0);
  const tracks = useTracks(file.tracks);
  const spoken = spokenAt(useSpoken(props, tracks), now);
  if (failed) return <NotOpened because={file.failure} />;
  return (
    <div className={styles.film}>
      <div className={styles.audio}>
        <span className={styles.name}>{nameOf(file.path)}</span>
        {/* biome-ignore lint/a11y/useMediaCaption: its words stand below, since a recording has no picture to write on */}
        <audio
          ref={player}
          src={source}
          controls
          preload="metadata"
          aria-label={nameOf(file.path)}
          onError={goOn.onError}
          onWaiting={goOn.onWaiting}
          onSeeking={goOn.onSeeking}
          onTimeUpdate={({ currentTarget }) => setNow(currentTarget.currentTime)}
        />
        {spoken && <p className={styles.spoken}>{spoken}</p>}
      </div>
      <MediaBar player={player} chapters={chaptersOf(file, tracks)} hasPicture={false} />
    </div>
  );
}
