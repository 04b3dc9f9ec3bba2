import type { Finding, Level, Place } from '../finding.ts';

/** Gives a text a colour, or leaves it as it is where there is no terminal. */
export type Paint = (colour: 'red' | 'yellow' | 'green' | 'dim' | 'bold', text: string) => string;

const MARKS = { error: ['red', '✗'], warning: ['yellow', '!'] } as const satisfies Record<Level, unknown>;

/** A finding for people: what is wrong, where, and what to do. */
export function findingLines(finding: Finding, paint: Paint): string[] {
  const { level, rule, message, places, hint } = finding;
  const [first = '', ...rest] = message.split('\n');
  const details = [...rest, ...places.map((place) => `at ${placeText(place)}`), ...(hint ? [paint('dim', hint)] : [])];
  return [`${markOf(level, paint)} ${first} ${paint('dim', `(${rule})`)}`, ...details.map((line) => indent(line, 2))];
}

/** The sign of a finding's level. */
export function markOf(level: Level, paint: Paint): string {
  const [colour, mark] = MARKS[level];
  return paint(colour, mark);
}

/** A place as editors and terminals know it. */
export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** A line moved to the right. */
export function indent(line: string, by: number): string {
  return `${' '.repeat(by)}${line}`;
}
