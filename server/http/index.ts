export { errorHandler } from './errors.ts';
export { type Authenticate, type Call, handle, handleRaw, type Route } from './handle.ts';
export { preferredLanguage } from './language.ts';
export { fromCursor, pageFrom, toCursor } from './paging.ts';
export { declaredProblems, defineProblem, type Language, languages, Problem } from './problem.ts';
export * from './problems.ts';
export { assertRevision } from './revision.ts';
