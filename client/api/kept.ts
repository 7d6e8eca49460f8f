/** What this browser, or its tab, keeps beside the server, by its key; `otherwise` when there is nothing. */
export function kept<Value>(key: string, otherwise: Value, where: Storage = localStorage): Value {
  const text = where.getItem(key);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as Value;
  } catch {
    where.removeItem(key); // written by an older release
    return otherwise;
  }
}

/** Keeps a value through reloads and expired sessions; undefined lets it go. */
export function keep(key: string, value: unknown, where: Storage = localStorage): void {
  if (value === undefined) where.removeItem(key);
  else where.setItem(key, JSON.stringify(value));
}
