import { Readable } from 'node:stream';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { type GraphQLFormattedError, parse } from 'graphql';
import { meros } from 'meros/browser';
import type { HttpResponse } from '../gateway/http/http-message.ts';

/** Apollo Client's handlers, by the media type that each accepts. */
export const PROTOCOLS = {
  'multipart/mixed;deferSpec=20220824': new Defer20220824Handler(),
  'multipart/mixed;incrementalSpec=v0.2': new GraphQL17Alpha9Handler(),
};
export type Protocol = keyof typeof PROTOCOLS;
export const PROTOCOL_NAMES = Object.keys(PROTOCOLS) as Protocol[];

/** One part of an incremental response. */
export interface Part {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of its query
  data?: any;
  errors?: GraphQLFormattedError[];
  // biome-ignore lint/suspicious/noExplicitAny: the protocols differ
  incremental?: any[];
  pending?: { id: string; path: (string | number)[]; label?: string }[];
  completed?: { id: string; errors?: GraphQLFormattedError[] }[];
  hasNext: boolean;
}

/** Returns all parts of a multipart response. */
export async function allParts(response: HttpResponse): Promise<Part[]> {
  const parts: Part[] = [];
  for await (const part of readParts(response)) parts.push(part);
  return parts;
}

/** Reads the parts of a multipart response, as they come. */
export async function* readParts({ status, headers, body }: HttpResponse): AsyncGenerator<Part> {
  const isWhole = typeof body === 'string' || body instanceof Uint8Array;
  const stream = Readable.toWeb(Readable.from(isWhole ? [body] : asBytes(body)));
  const type = String(headers['content-type']);
  const response = new Response(stream as ReadableStream, { status, headers: { 'content-type': type } });
  const parts = await meros<Part>(response);
  if (parts instanceof Response) throw new Error(`Not multipart: ${type} ${await parts.text()}`);
  for await (const part of parts) {
    if (!part.json) throw new Error(`Not JSON: ${part.body}`);
    yield part.body;
  }
}

/** Encodes chunks, each as it comes. */
async function* asBytes(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Merges parts by the rules of Apollo Client. */
export function mergeParts(query: string, parts: Part[], protocol: Protocol) {
  // biome-ignore lint/suspicious/noExplicitAny: the handlers' types differ
  const handler: any = PROTOCOLS[protocol];
  const request = handler.startRequest({ query: parse(query) });
  const merged = parts.map((part) => request.handle(undefined, structuredClone(part)));
  return JSON.parse(JSON.stringify(merged.at(-1))) as { data: unknown; errors?: GraphQLFormattedError[] };
}
