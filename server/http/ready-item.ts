import type { z } from 'zod';

/**
 * An item of a page as JSON: it has passed its contract when it was made, so what is listed again and again need not
 * be parsed and written each time.
 */
export class ReadyItem {
  readonly #shape: z.ZodType;
  readonly #json: string;

  constructor(shape: z.ZodType, given: unknown) {
    this.#shape = shape;
    this.#json = JSON.stringify(shape.parse(given));
  }

  /** Its text, for an answer that has items of this shape. */
  json(shape: z.ZodType): string {
    if (shape !== this.#shape) throw new Error('The item was made ready for another answer');
    return this.#json;
  }
}
