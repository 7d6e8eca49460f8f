/** What was worked out, by what was asked, until something changes; what was asked longest ago goes first. */
export class Kept<Value> {
  private readonly values = new Map<string, Value>();
  private readonly most: number;

  /** Keeps so many at most. */
  constructor(most: number) {
    this.most = most;
  }

  get(key: string, find: () => Value): Value {
    let value = this.values.get(key);
    if (value === undefined) value = find();
    else this.values.delete(key);
    this.values.set(key, value);
    const [longestUnasked] = this.values.keys();
    if (this.values.size > this.most && longestUnasked !== undefined) this.values.delete(longestUnasked);
    return value;
  }

  has(key: string): boolean {
    return this.values.has(key);
  }

  /** Forgets one, if it is still this value. */
  drop(key: string, value: Value): void {
    if (this.values.get(key) === value) this.values.delete(key);
  }

  clear(): void {
    this.values.clear();
  }
}
