import { type RefObject, useCallback, useEffect, useState } from 'react';

const events = ['play', 'pause', 'timeupdate', 'seeked', 'durationchange', 'volumechange', 'ended'] as const;

/** How a player stands, told anew whenever it changes; it may have begun before anybody listened. */
export function usePlayer(player: RefObject<HTMLVideoElement | null>) {
  const [state, setState] = useState({ isPaused: true, at: 0, length: 0, volume: 1, isMuted: false });
  const tell = useCallback(() => {
    const film = player.current;
    if (!film) return;
    setState({
      isPaused: film.paused,
      at: film.currentTime,
      length: Number.isFinite(film.duration) ? film.duration : 0,
      volume: film.volume,
      isMuted: film.muted || film.volume === 0,
    });
  }, [player]);
  useEffect(() => {
    const film = player.current;
    if (!film) return;
    tell();
    for (const event of events) film.addEventListener(event, tell);
    return () => {
      for (const event of events) film.removeEventListener(event, tell);
    };
  }, [player, tell]);
  return { state, tell };
}
