import { z } from 'zod';

/** The parts of JSON Schema 2020-12 that our shapes come out as. */
export interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  contentMediaType?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
}

/** A shape as JSON Schema: `input` as a caller sends it, `output` as a caller receives it. */
export function jsonSchemaOf(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (jsonSchema.title === 'moment') {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      }
      if (jsonSchema.title === 'bytes') {
        delete jsonSchema.title;
        Object.assign(jsonSchema, { type: 'string', contentMediaType: 'application/octet-stream' });
      }
      // Text is trimmed, then measured: what is sent obeys the same bounds.
      if (io === 'input' && def.type === 'pipe' && def.out._zod.def.type === 'string') {
        const { minLength, maxLength } = z.toJSONSchema(def.out) as JsonSchema;
        if (minLength !== undefined) jsonSchema.minLength = minLength;
        if (maxLength !== undefined) jsonSchema.maxLength = maxLength;
      }
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return schema as JsonSchema;
}
