/** Where a resource is that a label leads to. */
export const linkedPage = (id: string): string => `/resources/${id}`;

/** Opens it beside the page, as its link does; in its place where the browser opens no windows now. */
export function openLinked(id: string): void {
  const beside = window.open(linkedPage(id), '_blank');
  if (beside) beside.opener = null;
  else window.location.assign(linkedPage(id));
}
