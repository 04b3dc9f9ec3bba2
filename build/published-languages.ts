import { join } from 'node:path';
import type { ZodMiniType } from 'zod/mini';
import type { PublishedLanguage } from '#platform/events/domain-event.ts';
import { importable } from './discover.ts';

type Language = PublishedLanguage<Record<string, ZodMiniType>>;

/** Returns the published languages that a service's `events.ts` exports. */
export async function languagesIn(path: string): Promise<Language[]> {
  const exported = Object.values(await import(importable(join(path, 'events.ts'))));
  return exported.filter((each): each is Language => isLanguage(each));
}

function isLanguage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'source' in value && 'schemas' in value;
}
