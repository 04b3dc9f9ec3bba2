const MASKED = 0x80;
const LENGTH = 0x7f;
/** Bytes of an extended length, by the value of the length field. */
const EXTENDED: Record<number, number> = { 126: 2, 127: 8 };
const MASK_BYTES = 4;

/** Reads the frame headers in a client's bytes, and reports a frame above a size. https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export class FrameSizes {
  readonly #max: number;
  readonly #onLarger: () => void;
  #header: number[] = [];
  /** Bytes left of the current frame. */
  #left = 0;

  constructor(max: number, onLarger: () => void) {
    this.#max = max;
    this.#onLarger = onLarger;
  }

  read(bytes: Buffer): void {
    for (let i = 0; i < bytes.length; ) {
      const skipped = Math.min(this.#left, bytes.length - i);
      this.#left -= skipped;
      i += skipped;
      if (i === bytes.length) return;
      this.#header.push(bytes[i++] ?? 0);
      const size = sizeIn(this.#header);
      if (size === undefined) continue;
      this.#header = [];
      this.#left = size;
      if (size > this.#max) this.#onLarger();
    }
  }
}

/** Returns the payload size in a frame's header; undefined if the header is incomplete. */
function sizeIn([first, second, ...rest]: number[]): number | undefined {
  if (first === undefined || second === undefined) return undefined;
  const short = second & LENGTH;
  const extended = EXTENDED[short] ?? 0;
  if (rest.length < extended + (second & MASKED ? MASK_BYTES : 0)) return undefined;
  return extended === 0 ? short : rest.slice(0, extended).reduce((sum, byte) => sum * 256 + byte, 0);
}
