import { SYSTEM, type Viewer } from '@photo-sphere-viewer/core';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Scene } from '../labels/label.ts';
import { type Picture, readImage } from './ball.ts';
import { type Direction, inBounds, type Look, startOf } from './look.ts';
import { createViewer, directionAt, lookIn, surroundOf, viewOf } from './surround.ts';

/** Milliseconds in which the look goes from one label to another, and one scene fades into the next. */
const glide = 500;

interface Wanted {
  place: RefObject<HTMLElement | null>;
  scene: Scene;
  /** Where one looks on arrival, instead of where the scene begins. */
  arrival: Look | undefined;
  /** Scenes that one may go on to: fetched once this one is there. */
  next: readonly string[];
  calm: boolean;
  /** What plays on the stage, in place of the scene's picture. */
  film?: RefObject<HTMLVideoElement | null> | undefined;
  /** Told after everything has been drawn anew. */
  onDraw: (viewer: Viewer) => void;
  /** Told to which point of the sphere somebody has pointed. */
  onPoint?: ((at: Direction) => void) | undefined;
  /** Told when the browser cannot show spheres, or not this picture. */
  onHelpless: () => void;
}

/** A scene on its stage: where one looks, and how one comes to look elsewhere. */
export function useStage(wanted: Wanted) {
  const { place, scene, calm } = wanted;
  const now = useRef(wanted);
  now.current = wanted;
  const viewer = useRef<Viewer>(undefined);
  const [shown, setShown] = useState<string>();
  const isThere = shown === scene.url;

  const arrivalIn = ({ arrival, scene: to }: Wanted): Look => inBounds(arrival ?? startOf(to.sphere));
  /** How it is looked at now; while its picture is on the way, how it will be. */
  const look = (): Look => (viewer.current && isThere ? lookIn(viewer.current) : arrivalIn(wanted));

  const move = useCallback((change: (look: Look) => Look) => {
    const made = viewer.current;
    if (!made) return;
    void made.stopAnimation();
    const { position, zoom } = viewOf(inBounds(change(lookIn(made))));
    made.rotate(position);
    made.zoom(zoom);
  }, []);

  function goTo(to: Look): void {
    const { position, zoom } = viewOf(inBounds(to));
    if (calm) move(() => to);
    else viewer.current?.animate({ ...position, zoom, speed: glide });
  }

  /** What is seen, as a picture: taken as it is drawn, since browsers forget it once they have shown it. */
  const picture = () =>
    new Promise<Blob>((resolve, reject) => {
      const take = () =>
        place.current
          ?.querySelector('canvas')
          ?.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Nothing is drawn'))));
      viewer.current?.addEventListener('render', take, { once: true });
      viewer.current?.needsUpdate();
    });

  // biome-ignore lint/correctness/useExhaustiveDependencies: one stage for all scenes
  useEffect(() => {
    if (!place.current) return;
    let made: Viewer;
    try {
      made = createViewer(place.current, arrivalIn(wanted), calm);
    } catch {
      now.current.onHelpless(); // no WebGL: the picture itself is still there
      return;
    }
    viewer.current = made;
    made.addEventListener('render', () => now.current.onDraw(made));
    made.addEventListener('click', ({ data }) => {
      if (!data.rightclick) now.current.onPoint?.(directionAt(data));
    });
    return () => {
      viewer.current = undefined;
      made.destroy();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another picture is another scene
  useEffect(() => {
    let isLeft = false;
    let hasCome = false;
    async function show(reading: Promise<Picture>): Promise<void> {
      const given = await reading;
      if (isLeft || !viewer.current) return;
      const { scene: to } = now.current;
      const fades = shown !== undefined && !hasCome && !calm;
      await viewer.current.setPanorama(surroundOf(given, to.sphere), {
        ...(!hasCome && viewOf(arrivalIn(now.current))),
        transition: fades && { effect: 'fade', rotation: false, speed: glide },
        showLoader: false,
      });
      if (!hasCome && !isLeft) setShown(to.url);
      hasCome = true;
    }
    const { film } = now.current;
    const whole = () =>
      film?.current ? firstFrameOf(film.current) : readImage(scene.url, SYSTEM.maxTextureWidth);
    // Without the small one, the whole one comes anyway.
    const small = scene.poster
      ? show(readImage(scene.poster, SYSTEM.maxTextureWidth)).catch(() => {})
      : Promise.resolve();
    small
      .then(() => show(whole()))
      .then(() => !isLeft && fetchSome(now.current.next))
      .catch(() => !isLeft && !hasCome && now.current.onHelpless());
    return () => {
      isLeft = true;
    };
  }, [scene.url]);

  useEffect(() => {
    const player = now.current.film?.current;
    if (!player) return;
    const show = () => viewer.current?.needsUpdate();
    let next = player.requestVideoFrameCallback(function frame() {
      show();
      next = player.requestVideoFrameCallback(frame);
    });
    player.addEventListener('seeked', show);
    return () => {
      player.cancelVideoFrameCallback(next);
      player.removeEventListener('seeked', show);
    };
  }, []);

  return { viewer, isThere, look, move, goTo, picture };
}

/** A film once it has something to show. */
function firstFrameOf(film: HTMLVideoElement): Promise<HTMLVideoElement> {
  return new Promise((resolve) => {
    if (film.readyState >= film.HAVE_CURRENT_DATA) resolve(film);
    else film.addEventListener('loadeddata', () => resolve(film), { once: true });
  });
}

const mostAhead = 3;

/** Into the browser's store, so that the next scene is there at once; not for those who count their bytes. */
function fetchSome(urls: readonly string[]): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  for (const url of urls.slice(0, mostAhead)) {
    const image = new Image();
    image.crossOrigin = 'anonymous';
    image.src = url;
  }
}
