import type { Entity, RepresentationShape } from './representation.ts';

/** A list of distinct representations. */
export class Representations {
  readonly #texts: string[] = [];
  /** Indexes by key value, for each shape and type: avoids serializing an entity again. */
  readonly #byKey = new Map<RepresentationShape, Map<unknown, Map<unknown, number>>>();
  /** Number of distinct pairs of shape and type. */
  #kinds = 0;
  /** Indexes by text: needed once there are several shapes or type names, or a shape without a single key field. */
  #byText: Map<string, number> | undefined;
  #lastShape: RepresentationShape | undefined;
  #lastType: unknown;
  #lastIndexes = new Map<unknown, number>();

  get size(): number {
    return this.#texts.length;
  }

  /** The list as JSON text. */
  get text(): string {
    return `[${this.#texts.join()}]`;
  }

  /** Adds an object's representation and returns its index; undefined if the object lacks a required field. */
  add(entity: Entity, shape: RepresentationShape): number | undefined {
    const type = entity.__typename;
    const field = shape.keyOf(type);
    if (field === undefined) return this.#addText(shape.write(entity), true);
    const known = this.#indexesFor(shape, type);
    const index = known.get(entity[field]) ?? this.#addText(shape.write(entity), this.#kinds > 1);
    if (index !== undefined) known.set(entity[field], index);
    return index;
  }

  #addText(text: string | undefined, mayExist: boolean): number | undefined {
    if (text === undefined) return undefined;
    if (mayExist) this.#byText ??= new Map(this.#texts.map((each, index) => [each, index]));
    const known = this.#byText?.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.push(text) - 1;
    this.#byText?.set(text, index);
    return index;
  }

  #indexesFor(shape: RepresentationShape, type: unknown): Map<unknown, number> {
    if (shape === this.#lastShape && type === this.#lastType) return this.#lastIndexes;
    const byType = this.#byKey.get(shape) ?? new Map<unknown, Map<unknown, number>>();
    this.#byKey.set(shape, byType);
    const indexes = byType.get(type) ?? new Map<unknown, number>();
    if (!byType.has(type)) this.#kinds++;
    byType.set(type, indexes);
    this.#lastShape = shape;
    this.#lastType = type;
    this.#lastIndexes = indexes;
    return indexes;
  }
}
