import { Writable } from 'node:stream';
import { writeBody } from './write-body.ts';

const CHUNK = 'x'.repeat(1_000);

test('a client that leaves while it takes nothing ends the chunks', async () => {
  let read = 0;
  let hasEnded = false;
  async function* chunks() {
    try {
      for (; read < 1_000; read++) yield CHUNK;
    } finally {
      hasEnded = true;
    }
  }
  // Takes three chunks, and none after.
  const client = new Writable({
    highWaterMark: 1,
    write: (_, __, taken) => (read < 3 ? taken() : setImmediate(() => client.destroy())),
  });
  const bytes = await writeBody(client, chunks());
  expect(bytes).toBe(4 * CHUNK.length);
  expect(hasEnded).toBe(true);
});
