import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from './bad-input.ts';

/** Makes a scalar that travels as a string; `check` says what is wrong with a value, or nothing. */
function stringScalar(name: string, isValid: (text: string) => boolean, example: string): GraphQLScalarType {
  function checked(value: unknown): string {
    if (typeof value === 'string' && isValid(value)) return value;
    throw badInput(`${name} must look like ${example}, not ${JSON.stringify(value)}.`);
  }
  return new GraphQLScalarType({
    name,
    serialize: checked,
    parseValue: checked,
    parseLiteral: (node) => checked(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isDateTime(text: string): boolean {
  const [date = ''] = text.split('T');
  return (
    /^[\d-]{10}T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && isDate(date) && !Number.isNaN(Date.parse(text))
  );
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A calendar day, ISO 8601. */
export const DateScalar = stringScalar('Date', isDate, '"2026-05-01"');
/** A moment, RFC 3339. */
export const DateTimeScalar = stringScalar('DateTime', isDateTime, '"2026-05-01T09:30:00Z"');
/** An http or https address. */
export const UrlScalar = stringScalar('URL', isWebUrl, '"https://example.com/photo.jpg"');
