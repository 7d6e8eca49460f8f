import { type RefObject, useEffect } from 'react';

const playlistType = 'application/vnd.apple.mpegurl';

/** Goes on with another source where one was, as fast as before. */
function takeOver(video: HTMLVideoElement, url: string): void {
  const { currentTime, playbackRate, paused } = video;
  video.src = url;
  video.currentTime = currentTime;
  video.playbackRate = playbackRate;
  if (!paused) void video.play().catch(() => {}); // the browser wants to be asked anew
}

/**
 * Gives a player its source: HTTP Live Streaming by hls.js or, on iPhones, by the browser itself where there is a playlist, the file
 * by ranges where there is none or neither can.
 */
export function useSource(
  player: RefObject<HTMLVideoElement | null>,
  { file, playlist }: { file: string; playlist: string | undefined },
): void {
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
          const stream = new Hls({ enableWorker: false });
          end = () => stream.destroy();
          stream.on(Hls.Events.ERROR, (_, { fatal }) => {
            if (!fatal) return;
            stream.destroy();
            takeOver(video, file);
          });
          stream.loadSource(playlist);
          stream.attachMedia(video);
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
