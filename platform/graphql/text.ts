export interface TextRule {
  /** The text's name at the beginning of a sentence: `A title`. */
  what: string;
  /** Characters, spaces at the ends left out. */
  least?: number;
  /** Characters. */
  most: number;
  /** Whether it may have line breaks and tabs. */
  isMultiline?: boolean;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;

/** The rule that a text of a client breaks, in words for people; undefined if it can be kept. */
export function brokenTextRule(
  text: string,
  { what, least = 0, most, isMultiline = false }: TextRule,
): string | undefined {
  if (!text.isWellFormed()) return `${what} must be Unicode text: it has half of a surrogate pair.`;
  if ((isMultiline ? CONTROL_BUT_LINES : CONTROL).test(text)) return `${what} has no control characters.`;
  if (isLengthWithin(text, least, most)) return undefined;
  const range = least > 0 ? `${least} to ${most.toLocaleString('en')}` : `at most ${most.toLocaleString('en')}`;
  return `${what} has ${range} characters.`;
}

/** A text of another system as one line: its line breaks and tabs become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\n\r\t]\s*/g, ' ').trim();
}

/** The rule that an id of another system breaks: it has to fit into a key, with what is put around it. */
export function brokenIdRule(id: string, what = 'An id'): string | undefined {
  return brokenTextRule(id, { what, least: 1, most: 100 });
}

function isLengthWithin(text: string, least: number, most: number): boolean {
  // A character has one or two units, so that a text of twice as many is not counted.
  return text.length <= most * 2 && [...text].length <= most && [...text.trim()].length >= least;
}
