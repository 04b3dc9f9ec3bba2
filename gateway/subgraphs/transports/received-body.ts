import { JsonReader } from './json-reader.ts';

/** Bytes from which JSON is parsed while it arrives. */
const LARGE = 1024 * 1024;

/** Collects the chunks of a JSON body. Of a large one, only the parsed value is kept. */
export class ReceivedBody {
  #chunks: Buffer[] = [];
  #size = 0;
  #reader: JsonReader | undefined;
  #failure: { error: unknown } | undefined;

  add(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#failure) return;
    if (this.#size < LARGE) this.#chunks.push(chunk);
    else this.#parse(chunk);
  }

  /** Returns the body as text, or the size of a large one: for messages. */
  text(): string {
    return this.#size < LARGE ? this.#joined().toString('utf8') : `${this.#size} bytes`;
  }

  /** Returns the parsed body; throws a SyntaxError if it is not JSON. */
  json(): unknown {
    if (this.#failure) throw this.#failure.error;
    return this.#reader ? this.#reader.value() : JSON.parse(this.text());
  }

  #parse(chunk: Buffer): void {
    try {
      if (!this.#reader) {
        this.#reader = new JsonReader();
        for (const each of this.#chunks) this.#reader.add(each);
        this.#chunks = [];
      }
      this.#reader.add(chunk);
    } catch (error) {
      this.#failure = { error };
      this.#chunks = [];
    }
  }

  /** Avoids a copy of a single chunk. */
  #joined(): Buffer {
    const [only] = this.#chunks;
    return only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
  }
}
