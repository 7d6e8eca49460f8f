import { z } from 'zod';
import type { Member } from '../access/index.ts';
import { Annotations, FilePath, fileViews, Look, MOST_IN_ALL } from '../resources/contract.ts';
import { isAllowed, type StoredFile, saidOf } from '../resources/index.ts';

/** What a description in a bag says of single files, beside their bytes. */
export const SaidOfFiles = z
  .array(
    z.object({
      path: FilePath,
      annotations: Annotations.optional(),
      isCover: z.literal(true).optional(),
      view: z.enum(fileViews).optional(),
      look: Look.optional(),
    }),
  )
  .refine(
    (files) => files.reduce((sum, { annotations = [] }) => sum + annotations.length, 0) <= MOST_IN_ALL,
    { error: 'annotations' },
  )
  .default([]);
export type SaidOfFiles = z.output<typeof SaidOfFiles>;

/**
 * Files with the labels and the cover that the bag tells of. A label keeps its link to another resource when the member
 * can read that here; elsewhere, the same identifier names nothing.
 */
export async function withSaid(
  member: Member,
  files: readonly StoredFile[],
  said: SaidOfFiles,
): Promise<StoredFile[]> {
  const byPath = new Map(said.map((one) => [one.path, one]));
  const told: StoredFile[] = [];
  for (const file of files) {
    const { annotations = [], ...others } = byPath.get(file.path) ?? {};
    const labels = await Promise.all(
      annotations.map(async ({ resource, ...label }) =>
        resource !== undefined && (await isAllowed(member, 'read', resource))
          ? { ...label, resource }
          : label,
      ),
    );
    told.push({ ...file, ...saidOf({ ...others, ...(labels.length > 0 && { annotations: labels }) }) });
  }
  return told;
}
