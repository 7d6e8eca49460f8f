import { validateBytes } from 'gltf-validator';

const severities = { error: 0, warning: 1 };

/** What breaks the standard (glTF 2.0), by Khronos' validator. */
export async function faultsOf(bytes: Uint8Array) {
  const { issues } = await validateBytes(bytes, { maxIssues: 100, writeTimestamp: false });
  const first = issues.messages
    .filter(({ severity }) => severity === severities.error)
    .slice(0, 5)
    .map(({ code, message }) => `${code}: ${message}`.slice(0, 300));
  return { errors: issues.numErrors, warnings: issues.numWarnings, first };
}
