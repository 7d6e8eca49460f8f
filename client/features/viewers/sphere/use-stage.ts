import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Scene } from '../labels/label.ts';
import type { Picture } from './ball.ts';
import { inBounds, type Look, startOf, underWay } from './look.ts';
import { createStage, type Stage } from './stage.ts';

/** Milliseconds in which the look goes from one label to another, and one scene fades into the next. */
const glide = 500;
const fade = 180;

interface Wanted {
  canvas: RefObject<HTMLCanvasElement | null>;
  scene: Scene;
  /** Where one looks on arrival, instead of where the scene begins. */
  arrival: Look | undefined;
  /** Scenes that one may go on to: fetched once this one is there. */
  next: readonly string[];
  calm: boolean;
  /** What plays on the stage, in place of the scene's picture. */
  film?: RefObject<HTMLVideoElement | null> | undefined;
  /** Told after everything has been drawn anew. */
  onDraw: (look: Look) => void;
  /** Told when the browser cannot show spheres, or not this picture. */
  onHelpless: () => void;
}

/** A scene on its stage: where one looks, and how one comes to look elsewhere. */
export function useStage(wanted: Wanted) {
  const { canvas, scene, calm, onDraw } = wanted;
  const now = useRef(wanted);
  now.current = wanted;
  const stage = useRef<Stage>(undefined);
  const look = useRef(wanted.arrival ?? startOf(scene.sphere));
  const gliding = useRef(0);
  const [shown, setShown] = useState<string>();

  const draw = useCallback(() => {
    stage.current?.draw(look.current);
    now.current.onDraw(look.current);
  }, []);

  const move = useCallback(
    (change: (look: Look) => Look) => {
      cancelAnimationFrame(gliding.current);
      look.current = change(look.current);
      draw();
    },
    [draw],
  );

  function goTo(to: Look): void {
    const [from, began] = [look.current, performance.now()];
    const step = () => {
      const share = calm ? 1 : Math.min(1, (performance.now() - began) / glide);
      look.current = share === 1 ? inBounds(to) : underWay(from, to, share);
      draw();
      if (share < 1) gliding.current = requestAnimationFrame(step);
    };
    cancelAnimationFrame(gliding.current);
    step();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: one stage for all scenes
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    try {
      stage.current = createStage(element);
    } catch {
      now.current.onHelpless(); // no WebGL: the picture itself is still there
      return;
    }
    const made = stage.current;
    const size = new ResizeObserver(() => {
      made.resize();
      onDraw(look.current);
    });
    size.observe(element);
    return () => {
      cancelAnimationFrame(gliding.current);
      size.disconnect();
      stage.current = undefined;
      made.dispose();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another picture is another scene
  useEffect(() => {
    const element = canvas.current;
    let isLeft = false;
    let isThere = false;
    async function show(reading: Promise<Picture> | undefined): Promise<void> {
      const picture = await reading;
      if (isLeft || !picture || !stage.current || !element) return;
      const { scene: to, arrival } = now.current;
      const veil = shown !== undefined && !isThere && !calm ? veilOf(element, draw) : undefined;
      stage.current.put(picture, to.sphere);
      move((at) => (isThere ? at : (arrival ?? startOf(to.sphere))));
      if (!isThere) setShown(to.url);
      isThere = true;
      veil?.animate({ opacity: [1, 0] }, fade).finished.then(
        () => veil.remove(),
        () => veil.remove(),
      );
    }
    const { film } = now.current;
    const whole = () => (film?.current ? firstFrameOf(film.current) : stage.current?.read(scene.url));
    // Without the small one, the whole one comes anyway.
    const small = scene.poster ? show(stage.current?.read(scene.poster)).catch(() => {}) : Promise.resolve();
    small
      .then(() => show(whole()))
      .then(() => !isLeft && fetchSome(now.current.next))
      .catch(() => !isLeft && !isThere && now.current.onHelpless());
    return () => {
      isLeft = true;
    };
  }, [scene.url]);

  useEffect(() => {
    const player = now.current.film?.current;
    if (!player) return;
    const show = () => {
      stage.current?.refresh();
      draw();
    };
    let next = player.requestVideoFrameCallback(function frame() {
      show();
      next = player.requestVideoFrameCallback(frame);
    });
    player.addEventListener('seeked', show);
    return () => {
      player.cancelVideoFrameCallback(next);
      player.removeEventListener('seeked', show);
    };
  }, [draw]);

  return { look, move, goTo, draw, shown };
}

/** A film once it has something to show. */
function firstFrameOf(film: HTMLVideoElement): Promise<HTMLVideoElement> {
  return new Promise((resolve) => {
    if (film.readyState >= film.HAVE_CURRENT_DATA) resolve(film);
    else film.addEventListener('loadeddata', () => resolve(film), { once: true });
  });
}

/** What is seen now, over the stage: it fades while the next scene is there already. */
function veilOf(canvas: HTMLCanvasElement, draw: () => void): HTMLCanvasElement {
  const veil = document.createElement('canvas');
  veil.width = canvas.width;
  veil.height = canvas.height;
  veil.className = canvas.className;
  veil.style.position = 'absolute';
  veil.style.inset = '0';
  veil.style.pointerEvents = 'none';
  draw(); // a browser keeps what was drawn only until it has shown it
  veil.getContext('2d')?.drawImage(canvas, 0, 0);
  canvas.after(veil);
  return veil;
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
