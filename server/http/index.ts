export { builtFiles, serveBuiltFiles } from './built-files.ts';
export { type Language, languages } from './contract.ts';
export { errorHandler } from './errors.ts';
export { dispositionFor, portableName } from './file-name.ts';
export {
  type Authenticate,
  type Call,
  handle,
  handleOpen,
  handlePage,
  handleRaw,
  pageWriter,
  type Route,
} from './handle.ts';
export { escapeHtml } from './html.ts';
export { preferredLanguage } from './language.ts';
export { openLog, requestLog, withoutSignature } from './logging.ts';
export { refuseMalformed } from './malformed.ts';
export { type Packed, packText, sendPacked } from './packed.ts';
export { fromCursor, pageFrom, placeAfter, toCursor } from './paging.ts';
export { declaredProblems, defineProblem, Problem } from './problem.ts';
export * from './problems.ts';
export { limitRecords, limitWrites } from './rate-limits.ts';
export { ReadyItem } from './ready-item.ts';
export { ReadyPage } from './ready-page.ts';
export { assertRevision } from './revision.ts';
export { type ContentOrigin, refuseBadHost, refuseForeignPages, securityHeaders } from './security.ts';
export { inMemory, type Representation, sendBytes } from './send-bytes.ts';
export { isFromThisMachine } from './this-machine.ts';
