import { contentOf } from '../../api/content.ts';
import type { Resource, ResourceFile } from '../../features/resources/queries.ts';
import { type Viewable, viewerFor } from '../../features/viewers/kinds.ts';

/** What the viewer opens for a file: itself, or what has been made of it to be looked at. */
export function viewableOf(file: ResourceFile): Viewable {
  return contentOf(file);
}

export const canPreview = (file: ResourceFile): boolean => viewerFor(viewableOf(file)) !== 'none';

/** The file to begin with: the one that was asked for, or the first that can be looked at. */
export function firstOf(files: Resource['files'], asked: string | null): ResourceFile | undefined {
  return files.find(({ path }) => path === asked) ?? files.find(canPreview) ?? files[0];
}
