import type { z } from 'zod';
import type { File } from '../contract.ts';

/** By recipe, what has been made of a file, or why it could not be. */
type Derivatives = NonNullable<z.output<typeof File>['derivatives']>;
type Look = (sha256s: readonly string[]) => Promise<ReadonlyMap<string, Derivatives>>;

/** Derivatives are made by a room that knows this one; it says here how they are looked up. */
let look: Look = async () => new Map();

export function lookUpDerivativesBy(how: Look): void {
  look = how;
}

/** Whether a model was found in a zip, and nothing against it. */
export async function hasModelInside(sha256: string): Promise<boolean> {
  const model = (await look([sha256])).get(sha256)?.model;
  return model !== undefined && model.state !== 'failed';
}

/** An answer whose files tell what has been made of them. */
export async function withDerivatives<Answer extends { files: readonly { sha256: string }[] }>(
  answer: Answer,
) {
  const found = await look(answer.files.map(({ sha256 }) => sha256));
  return {
    ...answer,
    files: answer.files.map((file) => ({ ...file, derivatives: found.get(file.sha256) ?? {} })),
  };
}
