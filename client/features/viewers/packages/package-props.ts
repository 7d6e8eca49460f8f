import type { ViewerProps } from '../viewer-props.ts';

/** What the player of a package is given. */
export interface PackageProps {
  file: ViewerProps['file'];
  of: NonNullable<ViewerProps['file']['of']>;
  /** Address behind which its files are read. */
  base: string;
  /** Address behind which they run. */
  play: string;
  /** Whether this file is in it. */
  has: (path: string) => boolean;
  /** The file of it that was asked for. */
  entry: string | undefined;
  /** The section of a book that was asked for, counted from 1. */
  place: number | undefined;
  /** Told when the reader of a book has moved to another section. */
  onPlace: ((place: number) => void) | undefined;
}

export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
