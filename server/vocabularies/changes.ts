import type { Platform } from '../platform.ts';
import { remembered } from './lookup.ts';

/**
 * The job that brings what is described by a vocabulary up to it: merged codes go on to the term that took their place,
 * and free texts become the code of the term that now goes by them. The rooms that use terms define it.
 */
export const TERMS_CHANGED = 'vocabularies/terms-changed';
export interface TermsChanged {
  vocabulary: string;
}

/** The job that has search learn anew what these terms, and those below them, are called and where they stand. */
export const TERMS_REWORDED = 'vocabularies/terms-reworded';
export interface TermsReworded extends TermsChanged {
  codes: string[];
}

/**
 * Asks for both, after terms have come, gone, moved or got other names; for the second once nobody remembers the terms
 * as they were. Resolves once that is durable.
 */
export async function announceTerms(
  { jobs }: Pick<Platform, 'jobs'>,
  vocabulary: string,
  codes: readonly string[],
): Promise<void> {
  await jobs.enqueue<TermsChanged>(TERMS_CHANGED, { vocabulary }, { unique: vocabulary });
  const reworded = { vocabulary, codes: [...codes] };
  await jobs.enqueue<TermsReworded>(TERMS_REWORDED, reworded, { delay: remembered });
}
