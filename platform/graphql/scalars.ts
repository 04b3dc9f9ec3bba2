import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from './bad-input.ts';

interface StringScalar {
  name: string;
  /** What a value must look like, in words for people. */
  rule: string;
  /** Whether a client may give the text. */
  isValid: (text: string) => boolean;
  /** Whether an answer may have the text; left out, what clients may give. */
  isShown?: (text: string) => boolean;
}

/** Characters of a wrong value that the message shows. */
const MAX_SHOWN = 100;

/** Makes a scalar that travels as a string. */
export function stringScalar({ name, rule, isValid, isShown = isValid }: StringScalar): GraphQLScalarType {
  const checked = (isRight: (text: string) => boolean) => (value: unknown) => {
    if (typeof value === 'string' && isRight(value)) return value;
    throw badInput(`${name} must ${rule}, not ${shortened(value)}.`);
  };
  const parse = checked(isValid);
  return new GraphQLScalarType({
    name,
    serialize: checked(isShown),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

function shortened(value: unknown): string {
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

/** A calendar day, ISO 8601. */
export const DateScalar = stringScalar({ name: 'Date', rule: 'look like "2026-05-01"', isValid: isDate });
/** A moment, RFC 3339. */
export const DateTimeScalar = stringScalar({
  name: 'DateTime',
  rule: 'look like "2026-05-01T09:30:00Z"',
  isValid: isDateTime,
});
