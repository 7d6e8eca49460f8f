/**
 * Stands for a value that is known only when a problem happens, so that its sentence can be shown in the reference:
 * whatever a sentence does with it, it reads as the value's name in braces.
 */
export function placeholder(name: string): unknown {
  const text = `{${name}}`;
  return new Proxy(() => text, {
    apply: () => placeholder(name),
    get: (_, key) => (key === Symbol.toPrimitive || key === 'toString' ? () => text : placeholder(name)),
  });
}

/** Values for a sentence of which only the names are known. */
export const anyValues = new Proxy({}, { get: (_, key) => placeholder(String(key)) });
