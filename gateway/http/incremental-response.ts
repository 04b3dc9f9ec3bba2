import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { DeliveredFragment, IncrementalDelivery, PendingFragment } from '../engine/run/incremental-delivery.ts';
import { lengthOf } from './http-message.ts';
import { type JsonChunks, jsonBody } from './json-body.ts';

/**
 * Protocols of incremental delivery, by the parameter of their media type: that of Apollo Router, and that of graphql-js 17.
 * https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md
 */
export type IncrementalProtocol = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

/** Members of one part, https://spec.graphql.org/draft/#sec-Response-Format */
type Part = Record<string, unknown>;

interface Pending extends PendingFragment {
  id: string;
}

interface Delivered extends Pending, Pick<DeliveredFragment, 'data'> {
  errors?: GraphQLFormattedError[];
}

interface Format {
  initial: (part: Part, pending: Pending[]) => Part;
  next: (delivered: Delivered[], pending: Pending[]) => Part;
}

const FORMATS: Record<IncrementalProtocol, Format> = {
  // https://github.com/graphql/graphql-spec/tree/48cf7263a71a683fab03d45d309fd42d8d9a6659/spec
  'deferSpec=20220824': {
    initial: (part) => part,
    next: (delivered) => ({ incremental: delivered.map(({ id: _, ...fragment }) => fragment) }),
  },
  // https://github.com/graphql/graphql-js/releases/tag/v17.0.0-alpha.9
  'incrementalSpec=v0.2': {
    initial: (part, pending) => ({ ...part, pending }),
    next: (delivered, pending) => ({
      pending: nonEmpty(pending),
      incremental: nonEmpty(delivered.filter(hasContent).map(({ id, data, errors }) => ({ id, data, errors }))),
      completed: delivered.map(({ id, data, errors }) => (data === null ? { id, errors } : { id })),
    }),
  },
};

const BOUNDARY = '-';
const HEADERS = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';
/** Written with the part before it, so that the client can read that at once; https://www.rfc-editor.org/rfc/rfc2046#section-5.1 */
const DELIMITER = `\r\n--${BOUNDARY}`;
const END = `${DELIMITER}--\r\n`;

/** Returns the response's media type. */
export function incrementalType(protocol: IncrementalProtocol): string {
  return `multipart/mixed; boundary="${BOUNDARY}"; ${protocol}`;
}

export interface IncrementalOptions {
  protocol: IncrementalProtocol;
  /** Maximum bytes of the body. */
  maxBytes: number;
  /** Masks the errors of a deferred fragment. */
  maskErrors: (errors: readonly GraphQLError[]) => GraphQLFormattedError[];
  /** Returns the masked errors of an unexpected failure. */
  maskFailure: (reason: unknown) => GraphQLFormattedError[];
}

/** One part of the body with the delimiter of the next one; a large part is written in chunks. */
type PartBody = string | JsonChunks;

/** The parts of a response: the initial one, and one for each batch of deferred fragments. */
export class IncrementalParts {
  /** The initial part; undefined if it has more than the maximum of bytes. */
  readonly initial: PartBody | undefined;
  readonly #delivery: IncrementalDelivery;
  readonly #options: IncrementalOptions;
  readonly #format: Format;
  readonly #pending = new Map<PendingFragment, Pending>();
  #announced = 0;
  /** Bytes left for further parts. */
  #bytesLeft: number;

  constructor(initial: Part, delivery: IncrementalDelivery, options: IncrementalOptions) {
    this.#delivery = delivery;
    this.#options = options;
    this.#format = FORMATS[options.protocol];
    this.#bytesLeft = options.maxBytes;
    const first = this.#format.initial(initial, this.#announce(delivery.pending));
    this.initial = this.#body({ ...first, hasNext: true }, DELIMITER);
  }

  /** Returns the body. After a failure, the last part has an error for each fragment that is still pending. */
  async *all(): AsyncGenerator<string | Uint8Array> {
    if (this.initial) yield* chunksOf(this.initial);
    try {
      for await (const { delivered, pending, hasNext } of this.#delivery.batches) {
        const announced = this.#announce(pending);
        const fragments = delivered.map((each) => this.#delivered(each));
        const part = this.#body({ ...this.#format.next(fragments, announced), hasNext });
        if (!part) throw tooLarge(this.#options.maxBytes);
        for (const { fragment } of delivered) this.#pending.delete(fragment);
        yield* chunksOf(part);
      }
    } catch (error) {
      const failed = this.#failed(error);
      yield `${HEADERS}${JSON.stringify({ ...this.#format.next(failed, []), hasNext: false })}${END}`;
    }
  }

  /** Returns a part, or undefined if the response would have more than the maximum of bytes. */
  #body(part: Part, start = ''): PartBody | undefined {
    const frame = { before: `${start}${HEADERS}`, after: part.hasNext ? DELIMITER : END };
    const body = jsonBody(part, this.#bytesLeft, frame);
    if (body) this.#bytesLeft -= lengthOf(body) ?? 0;
    return body;
  }

  #announce(fragments: PendingFragment[]): Pending[] {
    return fragments.map((fragment) => {
      const pending = { id: String(this.#announced++), ...fragment };
      this.#pending.set(fragment, pending);
      return pending;
    });
  }

  #delivered({ fragment, data, errors }: DeliveredFragment): Delivered {
    const pending = this.#pending.get(fragment);
    if (!pending) throw new Error('A fragment was delivered that is not pending');
    return { ...pending, data, ...(errors.length > 0 && { errors: this.#options.maskErrors(errors) }) };
  }

  #failed(reason: unknown): Delivered[] {
    const errors = this.#options.maskFailure(reason);
    return [...this.#pending.values()].map((each) => ({
      ...each,
      data: null,
      errors: errors.map((error) => ({ ...error, path: each.path })),
    }));
  }
}

async function* chunksOf(part: PartBody): AsyncGenerator<string | Uint8Array> {
  if (typeof part === 'string') yield part;
  else yield* part;
}

/** Whether a fragment that did not become null has fields that are not delivered yet, or errors. */
function hasContent({ data, errors }: Delivered): boolean {
  return data !== null && (errors !== undefined || Object.keys(data).length > 0);
}

function tooLarge(maximum: number): GraphQLError {
  const message = `The response has more than the maximum of ${maximum} bytes. Request fewer objects.`;
  return new GraphQLError(message, { extensions: { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' } });
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
