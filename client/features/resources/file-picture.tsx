import type { ReactNode } from 'react';
import type { Preview } from '../../api/content.ts';
import { failureOf } from '../../api/failure.ts';
import { Picture } from '../../components/picture.tsx';
import styles from './file-picture.module.css';

interface Props {
  preview: Preview | undefined;
  /** What stands for its format until there is a picture, and when there is none. */
  children: ReactNode;
}

/** What a file looks like, beside its name. */
export function FilePicture({ preview, children }: Props) {
  const src = preview?.setAside === undefined ? preview?.thumbnails.small?.url : undefined;
  return (
    <Picture className={styles.picture} src={src} width={56} height={35}>
      {children}
    </Picture>
  );
}

/** What makes a picture of a file, from its pages or from itself. */
const ofPictures: ReadonlySet<string> = new Set(['thumbnails', 'pdf', 'model', 'text']);

/** Why a file has no picture, as a sentence; undefined when it has one, or may still get one. */
export function whyNoPicture(preview: Preview | undefined): string | undefined {
  if (!preview || preview.setAside !== undefined || preview.thumbnails.small) return undefined;
  const told = preview.made.filter(({ recipe }) => ofPictures.has(recipe));
  if (told.some(({ state }) => state === 'waiting')) return undefined;
  return failureOf(told);
}
