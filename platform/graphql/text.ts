/** Constraints of a text from a client. */
export interface TextRule {
  /** Subject of messages: `A title`. */
  label: string;
  /** Characters without leading and trailing spaces. */
  minLength?: number;
  /** Characters. */
  maxLength: number;
  /** Whether it may have line breaks and tabs. */
  isMultiline?: boolean;
}

const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;

/** Returns a message for a text that is not valid; undefined if it is. */
export function textProblem(
  text: string,
  { label, minLength = 0, maxLength, isMultiline = false }: TextRule,
): string | undefined {
  if (!text.isWellFormed()) return `${label} must be Unicode text without lone surrogates.`;
  if ((isMultiline ? CONTROL_BUT_LINES : CONTROL).test(text)) return `${label} must not have control characters.`;
  if (isLengthWithin(text, minLength, maxLength)) return undefined;
  const range =
    minLength > 0 ? `${minLength} to ${maxLength.toLocaleString('en')}` : `at most ${maxLength.toLocaleString('en')}`;
  return `${label} must have ${range} characters.`;
}

/** Converts an imported text to one line: line breaks and tabs become spaces. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\n\r\t]\s*/g, ' ').trim();
}

/** Returns a message for an external id that is not valid: it must fit into a composite key. */
export function idProblem(id: string, label = 'An id'): string | undefined {
  return textProblem(id, { label, minLength: 1, maxLength: 100 });
}

function isLengthWithin(text: string, minLength: number, maxLength: number): boolean {
  // A character has at most two UTF-16 units, so longer texts need not be counted.
  return text.length <= maxLength * 2 && [...text].length <= maxLength && [...text.trim()].length >= minLength;
}
