import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { DeliveredFragment, IncrementalDelivery, PendingFragment } from '../engine/run/incremental-delivery.ts';
import { byteLength } from './http-message.ts';

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
      incremental: nonEmpty(
        delivered.filter(({ data }) => data !== null).map(({ id, data, errors }) => ({ id, data, errors })),
      ),
      completed: delivered.map(({ id, data, errors }) => (data === null ? { id, errors } : { id })),
    }),
  },
};

const BOUNDARY = '-';

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

/** The parts of a response as text: the initial one, and one for each batch of deferred fragments. */
export class IncrementalParts {
  /** The initial part as text. */
  readonly initial: string;
  readonly #delivery: IncrementalDelivery;
  readonly #options: IncrementalOptions;
  readonly #format: Format;
  readonly #pending = new Map<PendingFragment, Pending>();
  #announced = 0;

  constructor(initial: Part, delivery: IncrementalDelivery, options: IncrementalOptions) {
    this.#delivery = delivery;
    this.#options = options;
    this.#format = FORMATS[options.protocol];
    const first = this.#format.initial(initial, this.#announce(delivery.pending));
    this.initial = `\r\n--${BOUNDARY}${partText({ ...first, hasNext: true })}`;
  }

  /** Returns all parts. After a failure, the last part has an error for each fragment that is still pending. */
  async *all(): AsyncGenerator<string> {
    yield this.initial;
    let bytes = byteLength(this.initial);
    try {
      for await (const { delivered, pending, hasNext } of this.#delivery.batches) {
        const announced = this.#announce(pending);
        const fragments = delivered.map((each) => this.#delivered(each));
        const part = this.#format.next(fragments, announced);
        const text = partText({ ...part, hasNext });
        bytes += byteLength(text);
        if (bytes > this.#options.maxBytes) throw tooLarge(this.#options.maxBytes);
        for (const { fragment } of delivered) this.#pending.delete(fragment);
        yield text;
      }
    } catch (error) {
      yield this.#failure(error);
    }
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

  #failure(reason: unknown): string {
    const errors = this.#options.maskFailure(reason);
    const failed = [...this.#pending.values()].map((each) => ({
      ...each,
      data: null,
      errors: errors.map((error) => ({ ...error, path: each.path })),
    }));
    return partText({ ...this.#format.next(failed, []), hasNext: false });
  }
}

/**
 * Returns a part with the delimiter of the next one, so that the client can read it at once.
 * https://www.rfc-editor.org/rfc/rfc2046#section-5.1
 */
function partText(part: Part): string {
  const end = part.hasNext ? '' : '--\r\n';
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(part)}\r\n--${BOUNDARY}${end}`;
}

function tooLarge(maximum: number): GraphQLError {
  const message = `The response has more than the maximum of ${maximum} bytes. Request fewer objects.`;
  return new GraphQLError(message, { extensions: { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes' } });
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
