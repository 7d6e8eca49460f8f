import type { Platform } from '../platform.ts';

/**
 * The job that brings what is described by a vocabulary up to it: merged codes go on to the term that took their place,
 * and free texts become the code of the term that now goes by them. The rooms that use terms define it.
 */
export const TERMS_CHANGED = 'vocabularies/terms-changed';
export interface TermsChanged {
  vocabulary: string;
}

/** Asks for it, after terms have come, gone or got other names. Resolves once that is durable. */
export const announceTerms = ({ jobs }: Pick<Platform, 'jobs'>, vocabulary: string): Promise<void> =>
  jobs.enqueue<TermsChanged>(TERMS_CHANGED, { vocabulary }, { unique: vocabulary });
