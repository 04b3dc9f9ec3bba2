import type { Finding, Level, Place } from '../finding.ts';

/** Colours a text, or returns it unchanged without a terminal. */
export type Paint = (colour: 'red' | 'yellow' | 'green' | 'dim' | 'bold', text: string) => string;

const MARKS = { error: ['red', '✗'], warning: ['yellow', '!'] } as const satisfies Record<Level, unknown>;

/** Formats a finding: message, source positions and remedy. */
export function findingLines(finding: Finding, paint: Paint): string[] {
  const { level, rule, message, places, hint } = finding;
  const [first = '', ...rest] = message.split('\n');
  const details = [...rest, ...places.map((place) => `at ${placeText(place)}`), ...(hint ? [paint('dim', hint)] : [])];
  return [`${markOf(level, paint)} ${first} ${paint('dim', `(${rule})`)}`, ...details.map((line) => indent(line, 2))];
}

/** Returns the mark of a level. */
export function markOf(level: Level, paint: Paint): string {
  const [colour, mark] = MARKS[level];
  return paint(colour, mark);
}

/** Formats a position as `file:line`. */
export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** Indents a line. */
export function indent(line: string, by: number): string {
  return `${' '.repeat(by)}${line}`;
}
