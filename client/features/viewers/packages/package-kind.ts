/** What a zip is, by what lies in it, and the page that it begins with. */
export type PackageKind =
  | { kind: 'cmi5' }
  | { kind: 'scorm'; manifest: string }
  | { kind: 'h5p' }
  | { kind: 'epub' }
  | { kind: 'web'; start: string };

/** undefined for a zip that is a box of files and no more. @param name that of the zip */
export function packageKindOf(paths: readonly string[], name: string): PackageKind | undefined {
  const there = new Set(paths);
  // A course in both forms is played by the newer one (cmi5, section 14.1: the name, at the root).
  if (there.has('cmi5.xml')) return { kind: 'cmi5' };
  const manifest = shallowest(paths, /(^|\/)imsmanifest\.xml$/i);
  if (manifest !== undefined) return { kind: 'scorm', manifest };
  if (there.has('h5p.json') && there.has('content/content.json')) return { kind: 'h5p' };
  if (there.has('META-INF/container.xml') || /\.epub$/i.test(name)) return { kind: 'epub' };
  const start =
    shallowest(paths, /(^|\/)index\.html?$/i) ??
    (paths.length > 1 ? shallowest(paths, /\.html?$/i) : undefined);
  return start === undefined ? undefined : { kind: 'web', start };
}

/** The path that fits with the fewest folders; one more than two folders deep is no beginning. */
function shallowest(paths: readonly string[], pattern: RegExp): string | undefined {
  const depth = (path: string) => path.split('/').length;
  const [first] = paths
    .filter((path) => pattern.test(path) && !path.startsWith('__MACOSX/') && depth(path) <= 3)
    .sort((a, b) => depth(a) - depth(b));
  return first;
}
