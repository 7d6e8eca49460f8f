/** Words about fields, by the name of the field. An empty one is being written. */
export type Remarks = Readonly<Record<string, string>>;

/** What is sent with a return: the fields about which something was said. */
export const writtenRemarks = (remarks: Remarks): { field: string; comment: string }[] =>
  Object.entries(remarks)
    .map(([field, comment]) => ({ field, comment: comment.trim() }))
    .filter(({ comment }) => comment !== '');
