/** Steers a film by a key, as players do; whether the key means something here. */
export function steered(film: HTMLVideoElement, key: string, turnCaptions: () => void): boolean {
  switch (key.toLowerCase()) {
    case ' ':
    case 'k':
      if (film.paused) void film.play();
      else film.pause();
      return true;
    case 'j':
    case 'l':
      film.currentTime += key.toLowerCase() === 'j' ? -10 : 10;
      return true;
    case 'm':
      film.muted = !film.muted;
      return true;
    case 'c':
      turnCaptions();
      return true;
    default:
      return false;
  }
}
