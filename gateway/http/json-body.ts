/** Characters of JSON that are written as one text. */
const WHOLE = 1_000_000;
/** Characters of JSON that are written at once, in a larger body. */
const PIECE = 8 * 1024;
/** Characters of a chunk. */
const CHUNK = 64 * 1024;
/** Levels of a value that are written in pieces; deeper ones are written at once. */
const MAX_LEVELS = 100;

/** ASCII text around the JSON of a body. */
interface Frame {
  before: string;
  after: string;
}

const LINE: Frame = { before: '', after: '\n' };

/** JSON of a large value, written while it is read: the whole text never exists. */
export class JsonChunks implements AsyncIterable<Uint8Array> {
  readonly byteLength: number;
  readonly #value: object;
  readonly #frame: Frame;

  constructor(value: object, frame: Frame, byteLength: number) {
    this.#value = value;
    this.#frame = frame;
    this.byteLength = byteLength;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let text = '';
    for (const piece of framed(this.#value, this.#frame)) {
      text += piece;
      if (text.length < CHUNK) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(text);
  }
}

/**
 * Returns the JSON of a value in its frame, by default with a final line break: as text, or as chunks if it is large. Undefined
 * if it has more than the maximum of bytes.
 */
export function jsonBody(value: object, maximum: number, frame = LINE): string | JsonChunks | undefined {
  if (budgetAfter(value, WHOLE) >= 0) {
    const text = `${frame.before}${JSON.stringify(value)}${frame.after}`;
    return Buffer.byteLength(text) > maximum ? undefined : text;
  }
  let bytes = 0;
  for (const piece of framed(value, frame)) {
    bytes += Buffer.byteLength(piece);
    if (bytes > maximum) return undefined;
  }
  return new JsonChunks(value, frame, bytes);
}

/** Subtracts a low estimate of a value's characters from a budget; stops when it is negative. */
function budgetAfter(value: unknown, budget: number, levels = MAX_LEVELS): number {
  if (typeof value === 'string') return budget - value.length;
  if (typeof value !== 'object' || value === null || levels === 0) return budget - 1;
  let left = budget;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && left >= 0; i++) left = budgetAfter(value[i], left - 1, levels - 1);
    return left;
  }
  for (const key in value) {
    left = budgetAfter(value[key as keyof typeof value], left - key.length - 4, levels - 1);
    if (left < 0) return left;
  }
  return left;
}

function* framed(value: object, { before, after }: Frame): Generator<string> {
  yield before;
  yield* piecesOf(value, 0);
  yield after;
}

/** Returns the text of `JSON.stringify` in pieces; `toJSON` of large objects is not called. */
function* piecesOf(value: unknown, level: number): Generator<string> {
  if (isPiece(value, level)) yield pieceOf(value);
  else if (Array.isArray(value)) yield* piecesOfList(value, level);
  else yield* piecesOfObject(value as object, level);
}

function* piecesOfList(items: unknown[], level: number): Generator<string> {
  let separator = '[';
  for (const item of items) {
    // Most items are small: no generator for each.
    if (isPiece(item, level + 1)) yield separator + pieceOf(item);
    else {
      yield separator;
      yield* piecesOf(item, level + 1);
    }
    separator = ',';
  }
  yield ']';
}

function* piecesOfObject(members: object, level: number): Generator<string> {
  let separator = '{';
  for (const [key, member] of Object.entries(members)) {
    if (member === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* piecesOf(member, level + 1);
    separator = ',';
  }
  yield '}';
}

function isPiece(value: unknown, level: number): boolean {
  return typeof value !== 'object' || value === null || level === MAX_LEVELS || budgetAfter(value, PIECE) >= 0;
}

function pieceOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
