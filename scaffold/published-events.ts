import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { PublishedLanguage } from '#platform/events/domain-event.ts';
import { importable } from '../build/discover.ts';

/** An event that a service publishes. */
export interface PublishedEvent {
  type: string;
  /** Name of the service and its folder. */
  publisher: string;
  /** Export name of the `PublishedLanguage` in the service's `events.ts`. */
  language: string;
  /** Example event data, for tests. */
  sample: unknown;
}

/** Returns all events published by the services in a folder, by type. */
export async function publishedEvents(subgraphs: string): Promise<Map<string, PublishedEvent>> {
  const publishers = readdirSync(subgraphs).filter((name) => existsSync(join(subgraphs, name, 'events.ts')));
  const events = await Promise.all(publishers.map((name) => eventsOf(name, join(subgraphs, name, 'events.ts'))));
  return new Map(events.flat().map((event) => [event.type, event]));
}

async function eventsOf(publisher: string, file: string): Promise<PublishedEvent[]> {
  const exported: Record<string, unknown> = await import(importable(file));
  return Object.entries(exported).flatMap(([language, value]) =>
    value instanceof PublishedLanguage
      ? Object.entries(value.schemas as Record<string, z.ZodMiniType>).map(([type, schema]) => ({
          type,
          publisher,
          language,
          sample: sampleOf(z.toJSONSchema(schema)),
        }))
      : [],
  );
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const FORMATS: Record<string, string> = {
  date: '2026-05-01',
  'date-time': '2026-05-01T09:30:00Z',
  uuid: '3f1c2a52-6b1e-4d6e-9a55-0d5b1f0a7c11',
  email: 'ada@example.com',
  uri: 'https://example.com/',
};

/** Returns a value that satisfies a JSON schema. */
function sampleOf({
  type,
  format,
  enum: values,
  const: constant,
  properties,
  anyOf,
  minItems,
  items,
  minimum,
}: JsonSchema): unknown {
  const first = constant ?? values?.[0];
  if (first !== undefined) return first;
  if (anyOf?.[0]) return sampleOf(schemaOf(anyOf[0]));
  if (type === 'string') return FORMATS[format ?? ''] ?? 'text';
  if (type === 'integer' || type === 'number') return Math.max(minimum ?? 1, 1);
  if (type === 'boolean') return true;
  if (type === 'array') return Array.from({ length: minItems ?? 0 }, () => sampleOf(schemaOf(items)));
  return Object.fromEntries(Object.entries(properties ?? {}).map(([name, each]) => [name, sampleOf(schemaOf(each))]));
}

/** Narrows a subschema to an object; boolean schemas and tuples become the empty schema. */
function schemaOf(part: JsonSchema[keyof JsonSchema]): JsonSchema {
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? { ...part } : {};
}
