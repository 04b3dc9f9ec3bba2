/** A client's HTTP request, independent of the host. */
export interface HttpRequest {
  method: string;
  /** Path without the query string. */
  path: string;
  /** Query string without its `?`; empty if there is none. */
  search: string;
  /** Names in lower case; a repeated header is one value, as https://www.rfc-editor.org/rfc/rfc9110#section-5.2 joins it. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Empty if there is none; text if the host has decoded it. */
  body: string | Uint8Array;
  /** IP address of the client, if the host knows it. */
  ip?: string | undefined;
}

/** Chunks that are sent as they come. */
export interface Chunks extends AsyncIterable<string | Uint8Array> {
  /** Their size, if it is known ahead. */
  readonly byteLength?: number;
}

/** Body of a response. */
export type ResponseBody = string | Uint8Array | Chunks;

/** The HTTP response to a client. */
export interface HttpResponse {
  status: number;
  /** Names in lower case; several values of one header are a list. */
  headers: Record<string, string | string[]>;
  body: ResponseBody;
  /** Called by the host with the bytes of the body that it has sent. Never rejects. */
  onSent?: (bytes: number) => Promise<void>;
}

/** A response whose body is complete. */
export type TextResponse = HttpResponse & { body: string };

/** Returns the size of a text or of bytes, in bytes. */
export function byteLength(body: string | Uint8Array): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}

/** Returns the size of a body in bytes, if it is known. */
export function lengthOf(body: ResponseBody): number | undefined {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
}
