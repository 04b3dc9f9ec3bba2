import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';

/** Maximum size of a standard SSM parameter, https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PARAMETER_LENGTH = 4_096;

/** Compresses and splits a schema into parameter values: standard parameters are free, larger ones are not. */
export function toParts(sdl: string): string[] {
  const text = brotliCompressSync(sdl).toString('base64');
  return text.match(new RegExp(`.{1,${PARAMETER_LENGTH}}`, 'g')) ?? [];
}

/** Restores a schema from its parts in order; throws if they are invalid. */
export function fromParts(parts: string[]): string {
  return brotliDecompressSync(Buffer.from(parts.join(''), 'base64')).toString('utf8');
}
