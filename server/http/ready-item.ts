import type { z } from 'zod';

/**
 * An item of a page, or what stands beside the items, as JSON: it has passed its contract when it was made, so what is
 * listed again and again need not be parsed and written each time.
 */
export class ReadyItem {
  readonly #shape: z.ZodType;
  readonly #json: string;

  private constructor(shape: z.ZodType, json: string) {
    this.#shape = shape;
    this.#json = json;
  }

  static of(shape: z.ZodType, given: unknown): ReadyItem {
    return new ReadyItem(shape, JSON.stringify(shape.parse(given)));
  }

  /**
   * Of a shape in two parts, of which one is kept as JSON: an object that has passed the contract of that part when it
   * was written. `given` passes that of the other, `added`.
   */
  static adding(shape: z.ZodType, kept: string, added: z.ZodType, given: unknown): ReadyItem {
    return new ReadyItem(shape, `${kept.slice(0, -1)},${JSON.stringify(added.parse(given)).slice(1)}`);
  }

  /** Of JSON whose parts have all passed their contracts before. */
  static written(shape: z.ZodType, json: string): ReadyItem {
    return new ReadyItem(shape, json);
  }

  /** Its text, for an answer that has items of this shape. */
  json(shape: z.ZodType): string {
    if (shape !== this.#shape) throw new Error('The item was made ready for another answer');
    return this.#json;
  }
}
