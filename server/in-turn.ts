const last = new Map<string, Promise<unknown>>();

/** Runs what is given under a key one after the other, in this process. */
export async function inTurn<Result>(key: string, run: () => Promise<Result>): Promise<Result> {
  const before = last.get(key) ?? Promise.resolve();
  const turn = before.then(run, run);
  last.set(key, turn);
  try {
    return await turn;
  } finally {
    if (last.get(key) === turn) last.delete(key);
  }
}
