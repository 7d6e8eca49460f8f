/** What this browser keeps beside the server, by its key; `otherwise` when there is nothing. */
export function kept<Value>(key: string, otherwise: Value): Value {
  const text = localStorage.getItem(key);
  if (text === null) return otherwise;
  try {
    return JSON.parse(text) as Value;
  } catch {
    localStorage.removeItem(key); // written by an older release
    return otherwise;
  }
}

/** Keeps a value through reloads and expired sessions; undefined lets it go. */
export function keep(key: string, value: unknown): void {
  if (value === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(value));
}
