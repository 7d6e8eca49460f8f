import type { Language } from '../http/index.ts';
import type { StoredUpload } from './model.ts';
import { keptFor } from './service.ts';

export const presentUpload = (upload: StoredUpload, language: Language) => ({
  id: upload._id,
  resource: upload.resource,
  path: upload.path,
  size: upload.size,
  offset: upload.unfinished.size,
  state: upload.state,
  expiresAt: new Date(upload.touchedAt.getTime() + keptFor).toISOString(),
  ...(upload.file && { file: upload.file }),
  ...(upload.problem && { problem: upload.problem[language] }),
});
