import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

/** What a standard parameter of SSM holds, https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PARAMETER_LENGTH = 4_096;

/** A schema as values of parameters: compressed, and in parts, since standard parameters cost nothing and larger ones do. */
export function toParts(sdl: string): string[] {
  const text = brotliCompressSync(sdl).toString('base64');
  return text.match(new RegExp(`.{1,${PARAMETER_LENGTH}}`, 'g')) ?? [];
}

/** The schema of parts in order; throws if they are none. */
export function fromParts(parts: string[]): string {
  return brotliDecompressSync(Buffer.from(parts.join(''), 'base64')).toString('utf8');
}
