import type { Plugin } from 'vite';

const inert = '\0inert-zod';
const text = String.raw`(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\.)*${'`'})`;
/** What an endpoint does, in both languages: the API reference reads it alone. */
const summaries = new RegExp(String.raw`summary:\s*\{\s*'zh-CN':\s*${text},\s*en:\s*${text},?\s*\},`, 'g');

/**
 * The client reads the contracts for methods, paths and types; checking is the server's work. So the schemas in
 * them become one inert value that answers every call with itself, and zod (some 60 kB) stays out of the bundle. So do
 * the summaries of the endpoints.
 */
export function leanContracts(): Plugin {
  return {
    name: 'lean-contracts',
    enforce: 'pre',
    resolveId: (id) => (id === 'zod' ? inert : undefined),
    load: (id) =>
      id === inert
        ? 'export const z = new Proxy(() => {}, { get: (_, key) => (typeof key === "symbol" ? undefined : z), apply: () => z });'
        : undefined,
    transform(code, id) {
      if (!/\/server\/.*contract\.ts$/.test(id)) return;
      const lean = code.replace(summaries, '');
      if (/summary:\s*\{/.test(lean)) throw new Error(`${id} has a summary of another form`);
      return { code: lean, map: null };
    },
  };
}
