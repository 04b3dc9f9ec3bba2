/** Bytes from which a body is copied into one buffer as it arrives. */
const LARGE = 1024 * 1024;

/** Collects the chunks of a body. Of a large one, there is never more than one copy. */
export class BodyText {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Content of a large body. */
  #bytes = new Uint8Array(0);

  add(chunk: Buffer): void {
    const size = this.#size + chunk.length;
    if (size < LARGE) this.#chunks.push(chunk);
    else this.#copy(chunk, size);
    this.#size = size;
  }

  /** Decodes the body, and releases its bytes. */
  text(): string {
    if (this.#size < LARGE) return this.#joined().toString('utf8');
    const { buffer } = this.#bytes;
    const text = Buffer.from(buffer, 0, this.#size).toString('utf8');
    // Detached, so that its memory is free before the next garbage collection.
    buffer.transfer(0);
    return text;
  }

  #copy(chunk: Buffer, size: number): void {
    if (size > this.#bytes.length) this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(size * 2));
    if (this.#chunks.length > 0) this.#bytes.set(this.#joined());
    this.#chunks = [];
    this.#bytes.set(chunk, this.#size);
  }

  /** Avoids a copy of a single chunk. */
  #joined(): Buffer {
    const [only] = this.#chunks;
    return only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks);
  }
}
