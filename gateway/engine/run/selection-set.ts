import type { Condition, FieldSelection, Program, Selection } from '../program.ts';

/** A field that an object of a certain type has in the answer. */
export interface ResponseField {
  key: string;
  field: string;
  /** The key in the data that subgraphs gave. */
  source: string;
  /** The field's type, as in SDL; nothing for a meta field. */
  type: string | undefined;
  /** The viewer may not see it. */
  withheld: boolean;
  select: SelectionSet;
}

/** What an operation comes to for certain values of the variables in `@skip` and `@include`. */
export interface Operation {
  program: Program;
  holds: (conditions: Condition[] | undefined) => boolean;
}

/** Selections on one place, merged field by field for each type that an object there may have, when it is first met. */
export class SelectionSet {
  readonly #operation: Operation;
  readonly #parts: Selection[][];
  readonly #byType = new Map<string, ResponseField[]>();

  constructor(operation: Operation, parts: Selection[][]) {
    this.#operation = operation;
    this.#parts = parts;
  }

  /** The fields of an object of a type, or of an interface where that is all that is known; https://spec.graphql.org/October2021/#CollectFields() */
  fieldsOf(type: string): ResponseField[] {
    const known = this.#byType.get(type);
    if (known) return known;
    const fields = this.#merged(type);
    this.#byType.set(type, fields);
    return fields;
  }

  #merged(type: string): ResponseField[] {
    const byKey = new Map<string, FieldSelection[]>();
    for (const part of this.#parts) this.#collect(part, type, byKey, new Set());
    return [...byKey.values()].flatMap((selections) => this.#responseField(selections, type));
  }

  #collect(part: Selection[], type: string, byKey: Map<string, FieldSelection[]>, spread: Set<string>): void {
    const { program, holds } = this.#operation;
    for (const selection of part) {
      if (!holds(selection.when)) continue;
      if ('field' in selection) {
        const known = byKey.get(selection.key);
        if (known) known.push(selection);
        else byKey.set(selection.key, [selection]);
        continue;
      }
      if (selection.on && !this.#applies(selection.on, type)) continue;
      if ('select' in selection) this.#collect(selection.select, type, byKey, spread);
      else if (!spread.has(selection.fragment)) {
        spread.add(selection.fragment);
        this.#collect(program.fragments[selection.fragment] ?? [], type, byKey, spread);
      }
    }
  }

  #applies(condition: string, type: string): boolean {
    if (condition === type) return true;
    const { types } = this.#operation.program;
    const [outer, inner] = [types[condition], types[type]];
    if (outer?.kind !== 'abstract') return false;
    return inner?.kind === 'abstract'
      ? inner.possible.every((each) => outer.possible.includes(each))
      : outer.possible.includes(type);
  }

  #responseField(selections: FieldSelection[], type: string): ResponseField[] {
    const [first] = selections;
    if (!first) return [];
    const { key, field, source = field } = first;
    const parent = this.#operation.program.types[type];
    return [
      {
        key,
        field,
        source,
        type: parent && 'fields' in parent ? parent.fields[field] : undefined,
        withheld: selections.some((each) => each.withheld),
        select: new SelectionSet(
          this.#operation,
          selections.flatMap(({ select }) => (select ? [select] : [])),
        ),
      },
    ];
  }
}
