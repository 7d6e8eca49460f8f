import type { JsonSchema } from './json-schema.ts';

/** A shape as a person reads it: like TypeScript, with bounds beside the type. Plain text, several lines. */
export function shapeText(schema: JsonSchema, indent = ''): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map((choice) => shapeText(choice, indent)).join(' | ');
  switch (schema.type) {
    case 'object':
      return objectText(schema, indent);
    case 'array':
      return `[${shapeText(schema.items ?? {}, indent)}]${bounds(schema.minItems, schema.maxItems)}`;
    case 'string':
      return stringText(schema);
    case undefined:
      return 'any';
    default:
      return `${schema.type}${bounds(schema.minimum, schema.maximum)}`;
  }
}

function objectText(schema: JsonSchema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, property]) => {
    const mark = required.includes(name) && property.default === undefined ? '' : '?';
    const standard = property.default === undefined ? '' : ` = ${JSON.stringify(property.default)}`;
    return `${inner}${name}${mark}: ${shapeText(property, inner)}${standard}`;
  });
  if (typeof additionalProperties === 'object')
    lines.push(`${inner}[name]: ${shapeText(additionalProperties, inner)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function stringText({ contentMediaType, format, pattern, minLength, maxLength }: JsonSchema): string {
  if (contentMediaType !== undefined) return 'bytes';
  if (format !== undefined) return format;
  if (pattern === '^[0-9a-f]{24}$') return 'id';
  return pattern === undefined ? `string${bounds(minLength, maxLength)}` : `string /${pattern}/`;
}

function bounds(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return '';
  return `(${least ?? ''}…${most ?? ''})`;
}
