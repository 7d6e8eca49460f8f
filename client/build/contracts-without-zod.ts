import type { Plugin } from 'vite';

const inert = '\0inert-zod';

/**
 * The client reads the contracts for methods, paths and types; checking is the server's work. So the schemas in
 * them become one inert value that answers every call with itself, and zod (some 60 kB) stays out of the bundle.
 */
export function contractsWithoutZod(): Plugin {
  return {
    name: 'contracts-without-zod',
    enforce: 'pre',
    resolveId: (id) => (id === 'zod' ? inert : undefined),
    load: (id) =>
      id === inert
        ? 'export const z = new Proxy(() => {}, { get: (_, key) => (typeof key === "symbol" ? undefined : z), apply: () => z });'
        : undefined,
  };
}
