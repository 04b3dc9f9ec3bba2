import type { FieldDescription, TypeDescription } from './graph-description.ts';

/** Returns the fields that a service alone adds to a type: all but its keys and shared fields. */
export function addedFields({ fields }: TypeDescription, service: string): FieldDescription[] {
  return fields.filter(({ services }) => services.length === 1 && services[0] === service);
}

/**
 * Returns the service that an entity belongs to: the one with most fields of its own. Federation 2 has no owner of an entity, so
 * that this is a reading of the schema.
 */
export function definingService(type: TypeDescription): string | undefined {
  const counts = type.services.map((service) => ({ service, count: addedFields(type, service).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.service;
}
