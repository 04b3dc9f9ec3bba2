import type { Entity, RepresentationShape } from './representation.ts';

/** A list of representations, each once. */
export class Representations {
  readonly #places = new Map<string, number>();
  /** Places by type and key, for each shape: to write an object that is known is most of the work. */
  readonly #byKey = new Map<RepresentationShape, Map<unknown, Map<unknown, number>>>();

  get size(): number {
    return this.#places.size;
  }

  /** The list as JSON text. */
  get text(): string {
    return `[${[...this.#places.keys()].join()}]`;
  }

  /** The place of an object's representation in the list; nothing if the object has not what it takes. */
  placeOf(entity: Entity, shape: RepresentationShape): number | undefined {
    const type = entity.__typename;
    const field = shape.keyOf(type);
    if (field === undefined) return this.#placeOfText(shape.write(entity));
    const known = this.#placesOf(shape, type);
    const place = known.get(entity[field]) ?? this.#placeOfText(shape.write(entity));
    if (place !== undefined) known.set(entity[field], place);
    return place;
  }

  #placeOfText(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const place = this.#places.get(text) ?? this.#places.size;
    this.#places.set(text, place);
    return place;
  }

  #placesOf(shape: RepresentationShape, type: unknown): Map<unknown, number> {
    const byType = this.#byKey.get(shape) ?? new Map<unknown, Map<unknown, number>>();
    this.#byKey.set(shape, byType);
    const places = byType.get(type) ?? new Map<unknown, number>();
    byType.set(type, places);
    return places;
  }
}
