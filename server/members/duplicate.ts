/** Whether the database refused a value that exists already: MongoDB's error 11000. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
