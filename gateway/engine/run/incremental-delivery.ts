import type { GraphQLError } from 'graphql';
import type { ResponsePath } from './error-report.ts';
import type { DeferredObject } from './projection.ts';
import { type Entity, isEntity } from './representation.ts';

/** A deferred fragment of one object, whose data follows. */
export interface PendingFragment {
  label?: string;
  /** The object's path. */
  path: ResponsePath;
}

/** The data of one deferred fragment. */
export interface DeliveredFragment {
  fragment: PendingFragment;
  /** Null if a non-nullable field of it failed. */
  data: Entity | null;
  errors: GraphQLError[];
}

/** Deferred fragments that are ready at the same time. */
export interface DeliveredBatch {
  delivered: DeliveredFragment[];
  /** Deferred fragments nested in them. */
  pending: PendingFragment[];
  hasNext: boolean;
}

/** What follows an initial response. */
export interface IncrementalDelivery {
  pending: PendingFragment[];
  batches: AsyncIterable<DeliveredBatch>;
}

export interface DeliverySource {
  /** Labels by index of the deferred fragment. */
  labelOf: (deferred: number) => string | undefined;
  isReady: (deferred: number) => boolean;
  /** Resolves when one of the deferred fragments is ready. */
  oneReady: (deferred: number[]) => Promise<void>;
  /** Returns the data of a fragment that is ready, and the fragments nested in it. */
  complete: (object: DeferredObject) => { data: Entity | null; errors: GraphQLError[]; nested: DeferredObject[] };
}

/** Delivers deferred fragments in batches, each as soon as it is ready. */
export function deliverIncrementally(objects: DeferredObject[], source: DeliverySource): IncrementalDelivery {
  const fragments = new Map<DeferredObject, PendingFragment>();
  const announce = (added: DeferredObject[]) =>
    added.map((object) => {
      const label = source.labelOf(object.deferred);
      const fragment = { ...(label !== undefined && { label }), path: object.path };
      fragments.set(object, fragment);
      return fragment;
    });

  function deliver(object: DeferredObject, fragment: PendingFragment, batch: DeliveredBatch): void {
    const { data, errors, nested } = source.complete(object);
    fragments.delete(object);
    batch.delivered.push({ fragment, data, errors });
    batch.pending.push(...announce(nested));
  }

  async function* batches(): AsyncGenerator<DeliveredBatch> {
    while (fragments.size > 0) {
      await source.oneReady([...new Set([...fragments.keys()].map(({ deferred }) => deferred))]);
      const batch: DeliveredBatch = { delivered: [], pending: [], hasNext: true };
      // Nested fragments are added during the iteration, so those that are ready are part of the same batch.
      for (const [object, fragment] of fragments) if (source.isReady(object.deferred)) deliver(object, fragment, batch);
      batch.hasNext = fragments.size > 0;
      yield batch;
    }
  }

  return { pending: announce(objects), batches: batches() };
}

/** Returns the deferred fragments of objects that are part of the data: an error may have made an ancestor null. */
export function deferredIn(data: Entity | null, objects: DeferredObject[]): DeferredObject[] {
  return objects.filter(({ path }) => isPresent(valueAt(data, path)));
}

/** Returns those nested in the data of a deferred fragment: what earlier parts have of their objects is delivered too. */
export function nestedIn(data: Entity | null, objects: DeferredObject[], parent: DeferredObject): DeferredObject[] {
  return objects.flatMap((object) => {
    const path = object.path.slice(parent.path.length);
    if (!isPresent(valueAt(data, path))) return [];
    const before = parent.delivered.map((each) => valueAt(each, path)).filter(isEntity);
    return [{ ...object, delivered: [...object.delivered, ...before] }];
  });
}

function valueAt(data: unknown, path: ResponsePath): unknown {
  let value = data;
  for (const step of path) value = (value as Record<string | number, unknown> | null | undefined)?.[step];
  return value;
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}
