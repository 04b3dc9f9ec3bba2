/** Bytes of JSON that are parsed at once. */
const PIECE = 64 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** A list or an object that begins before a position and ends after it. */
interface Container {
  isList: boolean;
  /** JSON of the current member's key. */
  key: string;
  /** Where that key is in the bytes; -1 for one of an earlier piece. */
  keyStart: number;
  keyEnd: number;
}

/**
 * Parses JSON while it arrives, so that a large text never exists as a whole. The bytes are cut after members of any list or
 * object; `JSON.parse` reads each piece, with the brackets that are open around it.
 */
export class JsonReader {
  readonly #pieceSize: number;
  #bytes: Buffer;
  #size = 0;
  /** Position of the scan, and its state. */
  #at = 0;
  #isInString = false;
  #stringStart = 0;
  #stringEnd = 0;
  #open: Container[] = [];
  /** Opening brackets of the current piece, and the parsed lists and objects that it continues. */
  #prefix = '';
  #continued: { container: Container; value: unknown }[] = [];
  #root: unknown;

  constructor(pieceSize = PIECE) {
    this.#pieceSize = pieceSize;
    this.#bytes = Buffer.allocUnsafe(2 * pieceSize);
  }

  /** Adds bytes; throws a SyntaxError if a piece of them is not JSON. */
  add(chunk: Uint8Array): void {
    const size = this.#size + chunk.length;
    if (size > this.#bytes.length) this.#grow(size);
    this.#bytes.set(chunk, this.#size);
    this.#size = size;
    this.#scan();
  }

  /** Returns the value after the last chunk; throws a SyntaxError if the bytes are not JSON. */
  value(): unknown {
    this.#parse(this.#size, '');
    return this.#root;
  }

  #grow(size: number): void {
    const larger = Buffer.allocUnsafe(2 * size);
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }

  #scan(): void {
    const bytes = this.#bytes;
    while (this.#at < this.#size) {
      if (this.#isInString && !this.#skipString()) return;
      // Local, since it changes with each byte.
      let at = this.#at;
      let byte = 0;
      while (at < this.#size && byte !== QUOTE) {
        byte = bytes[at++] ?? 0;
        if (byte === COLON) this.#startMember();
        else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#openContainer(byte === OPEN_LIST);
        else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#open.pop();
        else if (byte === COMMA && at > this.#pieceSize && this.#isAfterMember(at - 1)) {
          this.#cut(at - 1);
          at = 1;
        }
      }
      this.#at = at;
      if (byte === QUOTE) {
        this.#isInString = true;
        this.#stringStart = at - 1;
      }
    }
  }

  /** Moves to the end of the current string; returns whether it has arrived. */
  #skipString(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let byte = 0; at < this.#size; ) {
      byte = bytes[at++] ?? 0;
      if (byte === QUOTE) {
        this.#isInString = false;
        this.#stringEnd = at;
        break;
      }
      if (byte === BACKSLASH) at++;
    }
    // Over the size if a backslash is the last byte: the next one is skipped too.
    this.#at = at;
    return !this.#isInString;
  }

  #openContainer(isList: boolean): void {
    this.#open.push({ isList, key: '', keyStart: -1, keyEnd: -1 });
  }

  #startMember(): void {
    const container = this.#open.at(-1);
    if (!container) return;
    container.keyStart = this.#stringStart;
    container.keyEnd = this.#stringEnd;
  }

  /** Whether a comma follows a member. Otherwise it is an error, which `JSON.parse` finds. */
  #isAfterMember(comma: number): boolean {
    let last = comma - 1;
    while (last > 0 && (this.#bytes[last] ?? 0) <= 0x20) last--;
    const byte = this.#bytes[last];
    const isBefore = byte === OPEN_LIST || byte === OPEN_OBJECT || byte === COMMA || byte === COLON;
    return this.#open.length > 0 && !isBefore;
  }

  /** Parses the bytes before a comma, and begins the next piece with it. */
  #cut(comma: number): void {
    for (const container of this.#open) {
      if (container.keyStart >= 0) container.key = this.#text(container.keyStart, container.keyEnd);
      container.keyStart = -1;
    }
    const closing = this.#open.map(({ isList }) => (isList ? ']' : '}')).reverse();
    this.#parse(comma, closing.join(''));
    this.#prefix = this.#open.map((container, i) => opening(container, i === this.#open.length - 1)).join('');
    let value = this.#root;
    this.#continued = this.#open.map((container) => {
      const continued = { container: { ...container }, value };
      value = container.isList ? (value as unknown[]).at(-1) : (value as Members)[JSON.parse(container.key)];
      return continued;
    });
    this.#bytes.copyWithin(0, comma, this.#size);
    this.#size -= comma;
  }

  #parse(end: number, closing: string): void {
    let value: unknown = JSON.parse(`${this.#prefix}${this.#text(0, end)}${closing}`);
    if (this.#continued.length === 0) this.#root = value;
    for (const { container, value: target } of this.#continued) value = append(target, value, container);
  }

  #text(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }
}

type Members = Record<string, unknown>;

/** Returns the text that continues a container, with 0 in place of the member that is complete. */
function opening({ isList, key }: Container, isInnermost: boolean): string {
  return `${isList ? '[' : `{${key}:`}${isInnermost ? '0' : ''}`;
}

/** Appends the members of a piece to the list or object that it continues; returns its first one, which continues the last. */
function append(target: unknown, piece: unknown, { isList, key }: Container): unknown {
  if (isList) {
    const items = piece as unknown[];
    for (let i = 1; i < items.length; i++) (target as unknown[]).push(items[i]);
    return items[0];
  }
  const continued = JSON.parse(key);
  for (const [name, value] of Object.entries(piece as Members))
    if (name !== continued)
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  return (piece as Members)[continued];
}
