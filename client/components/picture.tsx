import { type ReactNode, useState } from 'react';

interface Props {
  /** Address of the picture. */
  src: string | null | undefined;
  /** Pixels, so that nothing jumps while it comes. */
  width: number;
  height: number;
  className?: string | undefined;
  /** What stands there without a picture, or when it does not come. */
  children: ReactNode;
}

/** A picture that says nothing that the words beside it do not. */
export function Picture({ src, width, height, className, children }: Props) {
  const [broken, setBroken] = useState<string>();
  if (!src || src === broken) return children;
  return (
    <img
      className={className}
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      width={width}
      height={height}
      onError={() => setBroken(src)}
    />
  );
}
