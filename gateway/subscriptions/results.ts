import type { GraphQLFormattedError } from 'graphql';
import type { DomainEvent } from '#platform/events/domain-event.ts';
import { byteLength } from '../http/http-message.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { EventResult } from './protocol.ts';

/** What subscribers get for one event: a result, or the errors with which the subscription ends. */
export type Outcome = { result: EventResult } | { endsWith: readonly GraphQLFormattedError[] };

/** Codes of a root field that its viewer may not see any more. */
const LOST_RIGHTS: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE']);

/** The pipeline failed unexpectedly; the delivery is repeated. */
class RunFailed extends Error {
  override name = 'RunFailed';
}

/** Decides what a run's result means for the subscription. Throws RunFailed, unless `isLast`: then the subscriber gets the error. */
export function outcomeOf(run: GraphQLResult, event: DomainEvent, isLast: boolean): Outcome {
  const { data, errors = [], extensions } = run;
  // The operation could not be executed: it is not valid for the schema any more, or not allowed.
  if (data === undefined) {
    const failure = errors.find((error) => error.extensions?.code === 'INTERNAL_SERVER_ERROR');
    if (failure && !isLast) throw new RunFailed(`errorId ${failure.extensions?.errorId}`);
    return failure
      ? { result: { errors, data: null, extensions: { event: eventFacts(event) } } }
      : { endsWith: errors };
  }
  const lost = errors.filter(({ path = [], extensions: { code } = {} }) => path.length <= 1 && LOST_RIGHTS.has(code));
  if (lost.length > 0) return { endsWith: lost };
  const shown = { ...extensions, event: eventFacts(event) };
  return { result: { ...(errors.length > 0 && { errors }), data, extensions: shown } };
}

/** Returns the facts by which a client recognizes what it has seen. */
function eventFacts({ id, entityId, version, time }: DomainEvent) {
  return { id, entityId, version, time };
}

/** Serializes the payload of `next`, or of an error if it is too large for a message. */
export function payloadText({ result }: { result: EventResult }, maximum: number): string {
  const text = JSON.stringify(result);
  if (byteLength(text) <= maximum - ENVELOPE) return text;
  const message = `The result has more than the maximum of ${maximum} bytes. Select fewer fields, and query the rest.`;
  const error = { message, extensions: { code: 'RESPONSE_TOO_LARGE', limit: 'messageBytes', maximum } };
  return JSON.stringify({ errors: [error], data: null, extensions: { event: result.extensions.event } });
}

/** Bytes for the type and the id of a message around its payload: the id has up to 128 characters, six bytes each. */
const ENVELOPE = 1_024;
