export type { ThumbnailSize } from './contract.ts';
export { derivativesOf, outputOf, passagesOf } from './lookup.ts';
export type { Derivative, StoredPassage } from './model.ts';
