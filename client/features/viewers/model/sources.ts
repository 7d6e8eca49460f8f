interface File {
  readonly path: string;
  readonly mediaType: string;
}

/** What browsers read as it is. */
export const isGltf = ({ mediaType, path }: File): boolean =>
  mediaType === 'model/gltf-binary' || /\.glb$/i.test(path);

/** The same model as Apple's programs read it, by its name: `机床.usdz` to `机床.glb`. */
export function usdzFor<F extends File>(path: string, files: Iterable<F>): F | undefined {
  const stem = stemOf(path);
  return [...files].find((other) => /\.usdz$/i.test(other.path) && stemOf(other.path) === stem);
}

const stemOf = (path: string) => path.replace(/\.[^./]+$/, '');
