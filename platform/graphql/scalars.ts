import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from './bad-input.ts';

interface StringScalar {
  name: string;
  /** Format for messages, after "must". */
  rule: string;
  /** Whether an input is valid. */
  isValid: (text: string) => boolean;
  /** Whether an output is valid; `isValid` by default. */
  isValidOutput?: (text: string) => boolean;
}

/** Maximum characters of an invalid value in messages. */
const MAX_SHOWN = 100;

/** Creates a scalar that is serialized as a string. */
export function stringScalar({ name, rule, isValid, isValidOutput = isValid }: StringScalar): GraphQLScalarType {
  const check = (accepts: (text: string) => boolean) => (value: unknown) => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw badInput(`${name} must ${rule}, not ${describe(value)}.`);
  };
  const parse = check(isValid);
  return new GraphQLScalarType({
    name,
    serialize: check(isValidOutput),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
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

/** A calendar date in UTC, ISO 8601: `2026-05-01`. */
export const DateScalar = stringScalar({ name: 'Date', rule: 'look like "2026-05-01"', isValid: isDate });
/** A date and time, RFC 3339: `2026-05-01T09:30:00Z`. */
export const DateTimeScalar = stringScalar({
  name: 'DateTime',
  rule: 'look like "2026-05-01T09:30:00Z"',
  isValid: isDateTime,
});
