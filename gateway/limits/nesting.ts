const QUOTE = 0x22;
const HASH = 0x23;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const BLOCK_QUOTE = '"""';
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(code));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(code));

/**
 * Returns whether brackets are nested more than `maximum` levels deep in a JSON text or a GraphQL document. Runs before the
 * recursive parsers, in linear time and constant memory.
 */
export function exceedsNesting(text: string, maximum: number, language: 'json' | 'graphql'): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === QUOTE) i = endOfString(text, i, language);
    else if (character === HASH && language === 'graphql') i = indexOrEnd(text, '\n', i);
    else if (CLOSING.has(character)) depth--;
    else if (OPENING.has(character) && ++depth > maximum) return true;
  }
  return false;
}

/** Returns the index of the quote that closes the string which opens at `start`, or of the text's end. */
function endOfString(text: string, start: number, language: 'json' | 'graphql'): number {
  if (language === 'graphql' && text.startsWith(BLOCK_QUOTE, start)) return endOfBlockString(text, start);
  for (let i = start + 1; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === QUOTE || character === NEWLINE) return i;
    if (character === BACKSLASH) i++;
  }
  return text.length;
}

function endOfBlockString(text: string, start: number): number {
  let end = indexOrEnd(text, BLOCK_QUOTE, start + BLOCK_QUOTE.length);
  while (text.charCodeAt(end - 1) === BACKSLASH) end = indexOrEnd(text, BLOCK_QUOTE, end + BLOCK_QUOTE.length);
  return end + BLOCK_QUOTE.length - 1;
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const index = text.indexOf(searched, from);
  return index < 0 ? text.length : index;
}

function code(character: string): number {
  return character.charCodeAt(0);
}
