import { randomUUID } from 'node:crypto';
import type { z } from 'zod/mini';
import { currentTrace } from '../telemetry/trace.ts';

/** An event that a service publishes to others. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  /** Equal for repeated deliveries. */
  id: string;
  /** Past fact, such as `OrderPlaced`. */
  type: Type;
  /** Publishing service. */
  source: string;
  /** Id of the changed entity. */
  entityId: string;
  /** Increases with each event of the entity, since events can arrive out of order. */
  version: number;
  /** RFC 3339, UTC. */
  time: string;
  /** Id of the client request that caused it, for logs. */
  requestId: string;
  /** W3C trace context of that request, if any. */
  traceparent?: string;
  /** X-Ray trace header of that request, if any. */
  xrayTrace?: string;
  data: Data;
}

type Schemas = Record<string, z.ZodMiniType>;

/** Union of the events of a published language. */
export type EventOf<Language> =
  Language extends PublishedLanguage<infer S>
    ? { [Type in keyof S & string]: DomainEvent<Type, z.output<S[Type]>> }[keyof S & string]
    : never;

/** Time and client request of an event. */
export interface Cause {
  time: Date;
  requestId: string;
}

/** A new event before it gets its envelope. */
export interface NewEvent<Type extends string, Data> extends Cause {
  type: Type;
  entityId: string;
  version: number;
  data: Data;
}

/** A delivered event does not match its publisher's schema. */
export class InvalidEvent extends Error {
  override name = 'InvalidEvent';
}

/** Event types that a service publishes, with the schemas of their data. */
export class PublishedLanguage<S extends Schemas> {
  readonly source: string;
  readonly schemas: S;

  constructor(source: string, schemas: S) {
    this.source = source;
    this.schemas = schemas;
  }

  /** Creates an event with a new id and the current trace. */
  event<Type extends keyof S & string>(
    newEvent: NewEvent<Type, z.output<S[Type]>>,
  ): DomainEvent<Type, z.output<S[Type]>> {
    const envelope = { id: randomUUID(), source: this.source, time: newEvent.time.toISOString() };
    return { ...newEvent, ...envelope, ...currentTrace() };
  }

  /** Validates a delivered event; throws InvalidEvent with the first problem. */
  parse(delivered: unknown): EventOf<PublishedLanguage<S>> {
    const event = delivered as EventOf<PublishedLanguage<S>>;
    const schema = this.schemas[event?.type];
    if (!schema || event.source !== this.source)
      throw new InvalidEvent(`${this.source} does not publish events of type "${event?.type}"`);
    if (!hasEnvelope(event)) throw new InvalidEvent(`The envelope of the event "${event.type}" is incomplete`);
    const data = schema.safeParse(event.data);
    if (data.success) return { ...event, data: data.data };
    const [issue] = data.error.issues;
    throw new InvalidEvent(`${event.type} ${event.id}: data.${issue?.path.join('.')}: ${issue?.message}`);
  }
}

function hasEnvelope({ id, entityId, version, time, requestId }: DomainEvent): boolean {
  return [id, entityId, time, requestId].every((part) => typeof part === 'string') && Number.isInteger(version);
}
