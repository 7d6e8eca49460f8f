import { type ReactNode, useState } from 'react';
import type { Preview } from '../../api/content.ts';
import styles from './file-picture.module.css';

interface Props {
  preview: Preview | undefined;
  /** What stands for its format until there is a picture, and when there is none. */
  children: ReactNode;
}

/** What a file looks like, beside its name. */
export function FilePicture({ preview, children }: Props) {
  const [broken, setBroken] = useState<string>();
  const src = preview?.setAside === undefined ? preview?.thumbnails.small?.url : undefined;
  if (src === undefined || src === broken) return children;
  return (
    <img
      className={styles.picture}
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      width={56}
      height={35}
      onError={() => setBroken(src)}
    />
  );
}

/** What makes a picture of a file, from its pages or from itself. */
const ofPictures: ReadonlySet<string> = new Set(['thumbnails', 'pdf', 'model', 'text']);

/** Why a file has no picture, as a sentence; undefined when it has one, or may still get one. */
export function whyNoPicture(preview: Preview | undefined): string | undefined {
  if (!preview || preview.setAside !== undefined || preview.thumbnails.small) return undefined;
  const told = preview.made.filter(({ recipe }) => ofPictures.has(recipe));
  if (told.some(({ state }) => state === 'waiting')) return undefined;
  return told.find(({ detail }) => detail !== undefined)?.detail;
}
