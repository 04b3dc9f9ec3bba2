import { GraphQLError } from 'graphql/error/index.js';
import type { HttpRequest } from './http-message.ts';
import { byteLength } from './http-message.ts';

type Zlib = typeof import('node:zlib');
type Decoder = (
  zlib: Zlib,
) => (
  bytes: Uint8Array,
  options: { maxOutputLength: number },
  done: (error: Error | null, decoded: Buffer) => void,
) => void;

/** By content coding, https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1 */
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: ({ gunzip }) => gunzip,
  'x-gzip': ({ gunzip }) => gunzip,
  deflate: ({ inflate }) => inflate,
  br: ({ brotliDecompress }) => brotliDecompress,
  zstd: ({ zstdDecompress }) => zstdDecompress,
};

const ACCEPTED = 'gzip, deflate, br, zstd';

/** Returns the body decompressed; throws a GraphQLError if it is larger than the maximum, compressed or not. */
export async function decodedBody({ headers, body }: HttpRequest, maximum: number): Promise<string | Uint8Array> {
  if (byteLength(body) > maximum) throw tooLarge(maximum);
  const coding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
  if (coding === 'identity') return body;
  if (!Object.hasOwn(DECODERS, coding)) throw unknownCoding();
  // API Gateway leaves the header on bodies that it has decompressed.
  if (typeof body === 'string') return body;
  const decode = DECODERS[coding]?.(process.getBuiltinModule('node:zlib'));
  return new Promise((resolve, reject) => {
    decode?.(body, { maxOutputLength: maximum }, (error, decoded) => {
      if (error) reject(isTooLarge(error) ? tooLarge(maximum) : broken(coding));
      else resolve(decoded);
    });
  });
}

function isTooLarge(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ERR_BUFFER_TOO_LARGE';
}

function tooLarge(maximum: number): GraphQLError {
  return new GraphQLError(`The request body has more than the maximum of ${maximum} bytes.`, {
    extensions: { code: 'REQUEST_TOO_LARGE', limit: 'bodyBytes', maximum, http: { status: 413 } },
  });
}

function unknownCoding(): GraphQLError {
  const http = { status: 415, headers: { 'accept-encoding': ACCEPTED } };
  const message = `The Content-Encoding of a request must be one of ${ACCEPTED}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } });
}

function broken(coding: string): GraphQLError {
  const message = `The request body is not valid ${coding}, as its Content-Encoding says.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}
