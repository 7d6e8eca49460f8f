import type { Member } from '../../access/index.ts';
import type { Platform } from '../../platform.ts';
import { differences, type ResourceDocument } from '../commit.ts';
import { hasModelInside } from '../files/derivatives.ts';
import { storeFiles } from '../files/service.ts';
import { noSuchFile, noSuchPicture, takesNoLabel, tooManyAnnotations, unknownLink } from '../problems.ts';
import { findDraft, isAllowed } from '../service.ts';
import type { StoredFile } from '../stored.ts';
import { type Annotation, MOST_IN_ALL } from './contract.ts';
import { annotated, fits, isModel, mayHoldModel, maySurround, withoutPicture } from './rules.ts';

/**
 * Puts labels on a model or in a 360° photo or film of the draft, in place of those that it has.
 * @throws notFound, forbidden, changedMeanwhile, noDraft, underReview, isWithdrawn, noSuchFile, takesNoLabel,
 *   noSuchPicture, unknownLink, tooManyAnnotations
 */
export async function annotate(
  platform: Platform,
  member: Member,
  { id, path }: { id: string; path: string },
  annotations: readonly Annotation[],
  ifMatch?: number,
): Promise<ResourceDocument> {
  const { resource, draft } = await findDraft(member, id, ifMatch);
  const file = draft.files.find((one) => one.path === path);
  if (!file) throw noSuchFile({ path });
  if (!(await takes(file, annotations))) throw takesNoLabel({ path });
  const missing = withoutPicture(draft.files, annotations);
  if (missing.length > 0)
    throw noSuchPicture({
      errors: missing.map((one) => ({
        in: 'body',
        field: `annotations.${one.field}`,
        message: one.path,
      })),
    });
  await assertLinks(member, annotations);
  const files = annotated(draft.files, path, annotations);
  const count = files.reduce((sum, one) => sum + (one.annotations?.length ?? 0), 0);
  if (count > MOST_IN_ALL) throw tooManyAnnotations({ most: MOST_IN_ALL });
  const [change] = differences({ annotations: file.annotations ?? [] }, { annotations: [...annotations] });
  if (!change) return resource;
  return storeFiles(platform, member, resource, files, 'annotated', [
    {
      field: 'annotations',
      before: { path, annotations: change.before },
      after: { path, annotations: change.after },
    },
  ]);
}

async function takes(file: StoredFile, annotations: readonly Annotation[]): Promise<boolean> {
  if (!annotations.every((one) => fits(file, one))) return false;
  return isModel(file) || maySurround(file) || (mayHoldModel(file) && (await hasModelInside(file.sha256)));
}

/** Nobody points to what they cannot see themselves. @throws unknownLink */
async function assertLinks(member: Member, annotations: readonly Annotation[]): Promise<void> {
  const readable = new Map<string, boolean>();
  for (const { resource } of annotations)
    if (resource !== undefined && !readable.has(resource))
      readable.set(resource, await isAllowed(member, 'read', resource));
  const errors = annotations.flatMap(({ resource }, at) =>
    resource !== undefined && !readable.get(resource)
      ? [{ in: 'body', field: `annotations.${at}.resource`, message: resource }]
      : [],
  );
  if (errors.length > 0) throw unknownLink({ errors });
}
