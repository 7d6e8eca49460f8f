/** The heading of this name; what merely says the same when nothing is a heading. */
export function headingIn(root: ParentNode, name: string | undefined): Element | undefined {
  if (name === undefined) return undefined;
  const isNamed = (element: Element) => element.textContent?.replace(/\s+/g, ' ').trim() === name;
  const headings = [...root.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  return headings.find(isNamed) ?? [...root.querySelectorAll('p, li')].find(isNamed);
}
