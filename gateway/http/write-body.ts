import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { byteLength, type ResponseBody } from './http-message.ts';

/**
 * Writes a body and ends the stream; returns the bytes written. Reads the next chunk only when the client has taken the last
 * ones, and stops if the client has left.
 */
export async function writeBody(stream: Writable, body: ResponseBody): Promise<number> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    // Not `end(body)`: Lambda sends the status and headers with the first write, even of an empty text.
    stream.write(body);
    stream.end();
    return byteLength(body);
  }
  let bytes = 0;
  for await (const chunk of body) {
    bytes += byteLength(chunk);
    if (!stream.write(chunk)) await drained(stream);
    if (stream.destroyed) return bytes;
  }
  if (bytes === 0) stream.write('');
  stream.end();
  return bytes;
}

/** Resolves when the stream takes more, or is closed. */
async function drained(stream: Writable): Promise<void> {
  if (stream.destroyed) return;
  const settled = new AbortController();
  try {
    await Promise.race([once(stream, 'drain', settled), once(stream, 'close', settled)]);
  } finally {
    settled.abort();
  }
}
