/**
 * Narrows the attributes of a table's item. Each method throws an error that names the attribute if it is missing or has
 * another type.
 */
export class ItemReader {
  readonly #item: Record<string, unknown>;
  readonly #kind: string;

  constructor(item: Record<string, unknown>, kind: string) {
    this.#item = item;
    this.#kind = kind;
  }

  string(name: string): string {
    return this.#read(name, isString);
  }

  number(name: string): number {
    return this.#read(name, isNumber);
  }

  /** Returns a string that is one of the values. */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    return this.#read(name, (value): value is Value => values.some((known) => known === value));
  }

  strings(name: string): string[] {
    return this.#read(name, isStrings);
  }

  optionalString(name: string): string | undefined {
    return this.#item[name] === undefined ? undefined : this.string(name);
  }

  #read<T>(name: string, is: (value: unknown) => value is T): T {
    const value = this.#item[name];
    if (is(value)) return value;
    throw new Error(`${this.#kind} item has no valid attribute "${name}"`);
  }
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isStrings = (value: unknown): value is string[] => Array.isArray(value) && value.every(isString);
