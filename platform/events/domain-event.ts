import { randomUUID } from 'node:crypto';
import type { z } from 'zod/mini';
import { currentTrace } from '../telemetry/trace.ts';

/** Something that happened in one service and that others may want to know. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  /** The same at each delivery. */
  id: string;
  /** A past fact, such as `OrderPlaced`. */
  type: Type;
  /** The service that publishes it. */
  source: string;
  /** Id of the entity that it happened to. */
  entityId: string;
  /** Grows with each event of the entity: events may arrive in any order. */
  version: number;
  /** RFC 3339, UTC. */
  time: string;
  /** The client's request that caused it, for the logs. */
  requestId: string;
  /** The trace of that request, W3C; left out where there was none. */
  traceparent?: string;
  /** The same for X-Ray. */
  xrayTrace?: string;
  data: Data;
}

type Schemas = Record<string, z.ZodMiniType>;

/** The events of a language, each with its own type of data. */
export type EventOf<Language> =
  Language extends PublishedLanguage<infer S>
    ? { [Type in keyof S & string]: DomainEvent<Type, z.output<S[Type]>> }[keyof S & string]
    : never;

/** When something happened, and in which request of a client. */
export interface Cause {
  time: Date;
  requestId: string;
}

/** What happened, as the service that publishes it says it. */
export interface Occurrence<Type extends string, Data> extends Cause {
  type: Type;
  entityId: string;
  version: number;
  data: Data;
}

/** An event that is not what its publisher's schema says. */
export class EventInvalid extends Error {
  override name = 'EventInvalid';
}

/** What a service publishes: the types of its events, each with the schema of its data. */
export class PublishedLanguage<S extends Schemas> {
  readonly source: string;
  readonly schemas: S;

  constructor(source: string, schemas: S) {
    this.source = source;
    this.schemas = schemas;
  }

  /** A new event. */
  event<Type extends keyof S & string>(
    occurrence: Occurrence<Type, z.output<S[Type]>>,
  ): DomainEvent<Type, z.output<S[Type]>> {
    const own = { id: randomUUID(), source: this.source, time: occurrence.time.toISOString() };
    return { ...occurrence, ...own, ...currentTrace() };
  }

  /** Narrows what was delivered to an event of this language; throws EventInvalid, naming what is wrong. */
  parse(delivered: unknown): EventOf<PublishedLanguage<S>> {
    const event = delivered as EventOf<PublishedLanguage<S>>;
    const schema = this.schemas[event?.type];
    if (!schema || event.source !== this.source)
      throw new EventInvalid(`${this.source} publishes no event "${event?.type}"`);
    if (!hasEnvelope(event)) throw new EventInvalid(`The event "${event.type}" lacks a part that every event has`);
    const data = schema.safeParse(event.data);
    if (data.success) return { ...event, data: data.data };
    const [issue] = data.error.issues;
    throw new EventInvalid(`${event.type} ${event.id}: data.${issue?.path.join('.')}: ${issue?.message}`);
  }
}

function hasEnvelope({ id, entityId, version, time, requestId }: DomainEvent): boolean {
  return [id, entityId, time, requestId].every((part) => typeof part === 'string') && Number.isInteger(version);
}
