import type { Entity, RepresentationShape } from './representation.ts';

/** A list of representations, each once. */
export class Representations {
  readonly #texts: string[] = [];
  /** Places by key, for each shape and type: to write an object that is known is most of the work. */
  readonly #byKey = new Map<RepresentationShape, Map<unknown, Map<unknown, number>>>();
  /** Shapes with their types that have been met. */
  #kinds = 0;
  /** Places by text: kept where an object may be met in several shapes, under several type names, or in a shape without a key. */
  #byText: Map<string, number> | undefined;
  #lastShape: RepresentationShape | undefined;
  #lastType: unknown;
  #lastPlaces = new Map<unknown, number>();

  get size(): number {
    return this.#texts.length;
  }

  /** The list as JSON text. */
  get text(): string {
    return `[${this.#texts.join()}]`;
  }

  /** The place of an object's representation in the list; nothing if the object has not what it takes. */
  placeOf(entity: Entity, shape: RepresentationShape): number | undefined {
    const type = entity.__typename;
    const field = shape.keyOf(type);
    if (field === undefined) return this.#add(shape.write(entity), true);
    const known = this.#placesOf(shape, type);
    const place = known.get(entity[field]) ?? this.#add(shape.write(entity), this.#kinds > 1);
    if (place !== undefined) known.set(entity[field], place);
    return place;
  }

  #add(text: string | undefined, mayBeThere: boolean): number | undefined {
    if (text === undefined) return undefined;
    if (mayBeThere) this.#byText ??= new Map(this.#texts.map((each, place) => [each, place]));
    const known = this.#byText?.get(text);
    if (known !== undefined) return known;
    const place = this.#texts.push(text) - 1;
    this.#byText?.set(text, place);
    return place;
  }

  #placesOf(shape: RepresentationShape, type: unknown): Map<unknown, number> {
    if (shape === this.#lastShape && type === this.#lastType) return this.#lastPlaces;
    const byType = this.#byKey.get(shape) ?? new Map<unknown, Map<unknown, number>>();
    this.#byKey.set(shape, byType);
    const places = byType.get(type) ?? new Map<unknown, number>();
    if (!byType.has(type)) this.#kinds++;
    byType.set(type, places);
    this.#lastShape = shape;
    this.#lastType = type;
    this.#lastPlaces = places;
    return places;
  }
}
