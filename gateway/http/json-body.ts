/** Characters of JSON that are written as one text. */
const WHOLE = 1_000_000;
/** Characters of JSON that are written at once, in a larger body. */
const PIECE = 8 * 1024;
/** Bytes of a chunk. */
const CHUNK = 64 * 1024;
/** Levels of a value that are written in pieces; deeper ones are written at once. */
const MAX_LEVELS = 100;

/** Large JSON as chunks, which can be read once: each is released when it is read. */
export class JsonChunks implements AsyncIterable<Uint8Array> {
  /** Bytes of all chunks. */
  readonly byteLength: number;
  readonly #chunks: Uint8Array[];

  constructor(chunks: Uint8Array[]) {
    this.#chunks = chunks.reverse();
    this.byteLength = chunks.reduce((sum, { length }) => sum + length, 0);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let chunk = this.#chunks.pop(); chunk; chunk = this.#chunks.pop()) yield chunk;
  }
}

/** The JSON has more than the maximum of bytes. */
class TooLarge extends Error {
  override name = 'TooLarge';
}

/**
 * Returns the JSON of a value with a final line break: as text, or as chunks if it is large, since a text would take its
 * memory once more while it is sent. Undefined if it has more than the maximum of bytes.
 */
export function jsonBody(value: object, maximum: number): string | JsonChunks | undefined {
  if (budgetAfter(value, WHOLE) < 0) return chunksOf(value, maximum);
  const text = `${JSON.stringify(value)}\n`;
  return Buffer.byteLength(text) > maximum ? undefined : text;
}

function chunksOf(value: object, maximum: number): JsonChunks | undefined {
  const writer = new ChunkWriter(maximum);
  try {
    writer.value(value, 0);
    writer.text('\n');
    return writer.end();
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** Subtracts a low estimate of the characters of a value from a budget; stops when it is negative. */
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

/** Writes JSON to chunks, piece by piece. */
class ChunkWriter {
  readonly #maximum: number;
  readonly #chunks: Uint8Array[] = [];
  #text = '';
  #bytes = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** Writes a value like `JSON.stringify`, without calling `toJSON` of large objects. */
  value(value: unknown, level: number): void {
    if (typeof value !== 'object' || value === null || level === MAX_LEVELS || budgetAfter(value, PIECE) >= 0)
      return this.text(JSON.stringify(value) ?? 'null');
    if (Array.isArray(value)) this.#list(value, level);
    else this.#object(value, level);
  }

  text(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK) this.#flush();
  }

  end(): JsonChunks {
    this.#flush();
    return new JsonChunks(this.#chunks);
  }

  #list(items: unknown[], level: number): void {
    let separator = '[';
    for (const item of items) {
      this.text(separator);
      this.value(item, level + 1);
      separator = ',';
    }
    this.text(']');
  }

  #object(members: object, level: number): void {
    let separator = '{';
    for (const [key, member] of Object.entries(members)) {
      if (member === undefined) continue;
      this.text(`${separator}${JSON.stringify(key)}:`);
      this.value(member, level + 1);
      separator = ',';
    }
    this.text('}');
  }

  #flush(): void {
    const chunk = Buffer.from(this.#text);
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maximum) throw new TooLarge();
    this.#chunks.push(chunk);
    this.#text = '';
  }
}
