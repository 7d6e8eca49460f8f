import { type Derivative, DerivativeModel, type Output, PassageModel, type StoredPassage } from './model.ts';

/** What has been made of these blobs, or why it could not be, by SHA-256. */
export async function derivativesOf(sha256s: readonly string[]): Promise<Map<string, Derivative[]>> {
  const found = await DerivativeModel.find({ blob: { $in: [...new Set(sha256s)] } }).lean();
  const byBlob = new Map<string, Derivative[]>();
  for (const derivative of found) {
    const others = byBlob.get(derivative.blob) ?? [];
    byBlob.set(derivative.blob, [...others, derivative]);
  }
  return byBlob;
}

/** Something that was made of a blob, by its name; undefined when it was not. */
export async function outputOf(sha256: string, name: string): Promise<Output | undefined> {
  const found = await DerivativeModel.findOne({ blob: sha256, 'outputs.name': name }).lean();
  return found?.outputs.find((output) => output.name === name);
}

/** The text of these blobs, passage by passage in order, by SHA-256. */
export async function passagesOf(sha256s: readonly string[]): Promise<Map<string, StoredPassage[]>> {
  const found = await PassageModel.find({ blob: { $in: [...new Set(sha256s)] } })
    .sort({ blob: 1, n: 1 })
    .lean();
  const byBlob = new Map<string, StoredPassage[]>();
  for (const passage of found) {
    const others = byBlob.get(passage.blob);
    if (others) others.push(passage);
    else byBlob.set(passage.blob, [passage]);
  }
  return byBlob;
}
