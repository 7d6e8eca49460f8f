import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect } from 'react';
import { newest, renewed } from '../../api/previews.ts';
import type { Viewable } from './kinds.ts';

const playlistType = 'application/vnd.apple.mpegurl';

/** Status of an address that has ended. */
const gone = 410;

interface Moment {
  readonly currentTime: number;
  readonly playbackRate: number;
  readonly paused: boolean;
}

const momentOf = ({ currentTime, playbackRate, paused }: Moment): Moment => ({
  currentTime,
  playbackRate,
  paused,
});

/** Goes on with another source where one was, as fast as before. */
function takeOver(player: HTMLMediaElement, url: string, moment = momentOf(player)): void {
  player.src = url;
  player.currentTime = moment.currentTime;
  goOn(player, moment);
}

function goOn(player: HTMLMediaElement, { playbackRate, paused }: Moment): void {
  player.playbackRate = playbackRate;
  if (!paused) void player.play().catch(() => {}); // the browser wants to be asked anew
}

/** Milliseconds after which a player that waits has been refused, or is far from us. */
const patience = 1000;

/**
 * Goes on at the same second by another address, when that of a player's source has ended; `onFailure` is told of every
 * other failure. Chromium asks for half a minute again and again before it calls a refusal an error, so a player that
 * waits is looked after, too.
 */
export function useGoingOn(
  player: RefObject<HTMLMediaElement | null>,
  of: Viewable['of'],
  onFailure: () => void,
) {
  const cache = useQueryClient();
  const onError = () => {
    const { current: element } = player;
    const address = element?.getAttribute('src');
    if (!element || !address || !of) return onFailure();
    const moment = momentOf(element);
    renewed(cache, of, address).then(
      (next) => (next === undefined ? onFailure() : takeOver(element, next, moment)),
      onFailure,
    );
  };
  const onWaiting = async () => {
    await new Promise((resolve) => setTimeout(resolve, patience));
    const { current: element } = player;
    const address = element?.getAttribute('src');
    if (!element || !address || !of || element.readyState >= element.HAVE_FUTURE_DATA) return;
    const next = await newest(cache, of, address).catch(() => undefined); // the error comes, if it is one
    if (next !== undefined && next !== address && element.getAttribute('src') === address)
      takeOver(element, next);
  };
  return { onError, onWaiting, onSeeking: onWaiting };
}

/**
 * Gives a player its source: HTTP Live Streaming by hls.js or, on iPhones, by the browser itself where there is a playlist, the file
 * by ranges where there is none or neither can.
 */
export function useSource(
  player: RefObject<HTMLVideoElement | null>,
  { file, playlist }: { file: string; playlist: string | undefined },
  of: Viewable['of'],
): void {
  const cache = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the addresses name the content, and what it is of
  useEffect(() => {
    const video = player.current;
    if (!video) return;
    let over = false;
    let end = () => {};
    const play = (url: string) => {
      video.src = url;
    };
    if (playlist === undefined) play(file);
    else
      import('hls.js/light').then(
        ({ default: Hls }) => {
          if (over) return;
          // Where there are Media Source Extensions: some browsers that say they can play a list by themselves cannot.
          if (!Hls.isSupported()) return play(video.canPlayType(playlistType) ? playlist : file);
          const begin = (list: string, startPosition: number) => {
            const stream = new Hls({ enableWorker: false, startPosition });
            end = () => stream.destroy();
            stream.on(Hls.Events.ERROR, (_, { fatal, response }) => {
              // For half a minute it would ask again and again for what has ended.
              if (!fatal && response?.code !== gone) return;
              const moment = momentOf(video);
              stream.destroy();
              const playFile = () => {
                if (!over) takeOver(video, file, moment);
              };
              const asked = of ? renewed(cache, of, list) : Promise.resolve(undefined);
              asked.then((next) => {
                if (next === undefined || over) return playFile();
                begin(next, moment.currentTime);
                goOn(video, moment);
              }, playFile);
            });
            stream.loadSource(list);
            stream.attachMedia(video);
          };
          begin(playlist, -1);
        },
        () => !over && play(file),
      );
    return () => {
      over = true;
      end();
      video.removeAttribute('src');
      video.load();
    };
  }, [player, file, playlist]);
}
