/** What the entries of a history hold beside fields of the description. */
export interface Told {
  path: string | undefined;
  oldPath: string | undefined;
  /** How many labels a file has then; undefined when the entry is not about labels. */
  labels: number | undefined;
  remarks: { field: string; comment: string }[];
}

interface Entry {
  path?: string;
  annotations?: unknown[];
}

const entryOf = (value: unknown): Entry =>
  typeof value === 'object' && value !== null && 'path' in value ? (value as Entry) : {};

export function toldIn({ before, after }: { before: unknown; after: unknown }): Told {
  const now = entryOf(after);
  return {
    path: now.path,
    oldPath: entryOf(before).path,
    labels: now.annotations?.length,
    remarks: Array.isArray(after) ? after.filter(isRemark) : [],
  };
}

const isRemark = (value: unknown): value is Told['remarks'][number] =>
  typeof value === 'object' && value !== null && 'field' in value && 'comment' in value;

const isPaths = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Which files an arrangement has given another name: those that left and those that came, in their order. */
export function renamesIn(before: unknown, after: unknown): { from: string; to: string }[] {
  if (!isPaths(before) || !isPaths(after)) return [];
  const came = after.filter((path) => !before.includes(path));
  return before
    .filter((path) => !after.includes(path))
    .flatMap((from, place) => {
      const to = came[place];
      return to === undefined ? [] : [{ from, to }];
    });
}
