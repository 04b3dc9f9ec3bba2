import type { Program } from '../program.ts';
import { parseTypeRef, type TypeRef } from '../type-ref.ts';
import type { ErrorReport, ResponsePath } from './error-report.ts';
import { type Entity, isEntity } from './representation.ts';
import { type Serializer, serializerOf } from './scalar-values.ts';
import type { DeferredSelections, ResponseField, SelectionSet } from './selection-set.ts';

/** State of value completion for one response. */
export interface Completion {
  /** Current path in the response. */
  path: ResponsePath;
  report: ErrorReport;
  /** Introspection results by response key. */
  introspected: Entity;
  /** Collects the deferred fragments of all objects, also of those that become null. Undefined: there are none. */
  deferred?: DeferredObject[];
}

/** A deferred fragment of one object in the response. */
export interface DeferredObject extends DeferredSelections {
  type: string;
  /** The object's data, which later fetches complete. */
  value: Entity;
  path: ResponsePath;
  /** The object in the data of earlier parts. */
  delivered: Entity[];
}

/**
 * Completes a subgraph's value. Returns `undefined` after a reported error: it becomes null at the nearest nullable
 * position.
 */
type Completer = (value: unknown, completion: Completion) => unknown;

interface CompiledField {
  key: string;
  source: string;
  complete: Completer;
  /** Fast path of a scalar or enum field: returns the serialized value if it is valid. */
  serialize?: Serializer;
}

/**
 * Projects subgraph data onto the client's selections: in the client's order, validated against the schema, with null
 * propagation; https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export class Projection {
  readonly #program: Program;
  readonly #root: SelectionSet;
  readonly #compiled = new WeakMap<ResponseField[], CompiledField[]>();

  constructor(program: Program, root: SelectionSet) {
    this.#program = program;
    this.#root = root;
  }

  /** Returns the `data` of the response. */
  complete(data: Entity, completion: Completion): Entity | null {
    return this.#object(this.#program.root, this.#root, data, completion) ?? null;
  }

  /** Returns the data of a deferred fragment. */
  completeDeferred({ type, select, value, path }: DeferredObject, completion: Completion): Entity | null {
    const completed = this.#object(this.#runtimeType(type, value), select, value, { ...completion, path: [...path] });
    return completed ?? null;
  }

  /** A subgraph with `@interfaceObject` returns the interface's name, and a later fetch the runtime type. */
  #runtimeType(type: string, { __typename: newer }: Entity): string {
    const known = this.#program.types[type];
    return known?.kind === 'abstract' && typeof newer === 'string' && known.possible.includes(newer) ? newer : type;
  }

  #object(type: string, select: SelectionSet, value: unknown, completion: Completion): Entity | undefined {
    if (!isEntity(value)) return reportInvalidValue(type, completion);
    const projected: Entity = {};
    for (const { key, source, complete, serialize } of this.#fields(type, select)) {
      const raw = value[source];
      let completed = serialize && raw !== null && raw !== undefined ? serialize(raw) : undefined;
      if (completed === undefined) {
        completion.path.push(key);
        completed = complete(raw, completion);
        completion.path.pop();
        if (completed === undefined) return undefined;
      }
      if (key === '__proto__') setProto(projected, completed);
      else projected[key] = completed;
    }
    const { deferred, path } = completion;
    if (deferred)
      for (const each of select.deferredOf(type))
        deferred.push({ ...each, type, value, path: [...path], delivered: [projected] });
    return projected;
  }

  #fields(type: string, select: SelectionSet): CompiledField[] {
    const fields = select.fieldsOf(type);
    const known = this.#compiled.get(fields);
    if (known) return known;
    const compiled = fields.map((field) => this.#compile(field, type));
    this.#compiled.set(fields, compiled);
    return compiled;
  }

  #compile(field: ResponseField, owner: string): CompiledField {
    const { key, source } = field;
    const serialize = this.#leafSerializer(field);
    return { key, source, complete: this.#fieldCompleter(field, owner), ...(serialize && { serialize }) };
  }

  #leafSerializer({ field, type: text, withheld }: ResponseField): Serializer | undefined {
    if (withheld || !text || field.startsWith('__')) return undefined;
    const type = parseTypeRef(text);
    if ('item' in type) return undefined;
    const named = this.#program.types[type.name];
    return named?.kind === 'object' || named?.kind === 'abstract' ? undefined : serializerOf(type.name, named);
  }

  #fieldCompleter(field: ResponseField, owner: string): Completer {
    if (field.field === '__typename') return typenameCompleter(owner, this.#program);
    if (field.field.startsWith('__')) return (_, { introspected }) => introspected[field.key] ?? null;
    const type = parseTypeRef(field.type ?? '');
    // The data may still contain it, as part of an entity key.
    if (field.withheld) return withheldCompleter(type.nonNull ? undefined : null);
    return this.#completer(type, field, `${owner}.${field.field}`);
  }

  #completer(type: TypeRef, field: ResponseField, coordinate: string): Completer {
    const complete =
      'item' in type
        ? listCompleter(this.#completer(type.item, field, coordinate), coordinate)
        : this.#namedCompleter(type.name, field, coordinate);
    return type.nonNull ? nonNullCompleter(complete, coordinate) : nullableCompleter(complete);
  }

  #namedCompleter(name: string, { select }: ResponseField, coordinate: string): Completer {
    const type = this.#program.types[name];
    if (type?.kind === 'object') return (value, completion) => this.#object(name, select, value, completion);
    if (type?.kind !== 'abstract') return leafCompleter(serializerOf(name, type), coordinate);
    const possible = new Set<unknown>([...type.possible, name]);
    return (value, completion) => {
      // A subgraph with `@interfaceObject` returns the interface's name; then only the interface's fields are selected.
      const runtimeType = isEntity(value) ? (value.__typename ?? name) : undefined;
      if (typeof runtimeType !== 'string' || !possible.has(runtimeType))
        return reportInvalidValue(coordinate, completion);
      return this.#object(runtimeType, select, value, completion);
    };
  }
}

/** Completes a withheld field with null and an error; https://spec.graphql.org/October2021/#sec-Handling-Field-Errors */
function withheldCompleter(value: null | undefined): Completer {
  return (_, { path, report }) => {
    report.addWithheld(path);
    return value;
  };
}

/** An interface's name is not a valid `__typename`: the runtime type is unknown. */
function typenameCompleter(owner: string, { types }: Program): Completer {
  const isKnown = types[owner]?.kind === 'object';
  return (_, completion) => (isKnown ? owner : reportInvalidValue(`${owner}.__typename`, completion));
}

function nullableCompleter(complete: Completer): Completer {
  return (value, completion) => (value === null || value === undefined ? null : (complete(value, completion) ?? null));
}

function nonNullCompleter(complete: Completer, coordinate: string): Completer {
  return (value, completion) => {
    if (value !== null && value !== undefined) return complete(value, completion);
    completion.report.addUnlessReported(`Cannot return null for non-nullable field ${coordinate}.`, completion.path);
    return undefined;
  };
}

function listCompleter(complete: Completer, coordinate: string): Completer {
  return (value, completion) => {
    if (!Array.isArray(value)) return reportInvalidValue(coordinate, completion);
    const { path } = completion;
    const items = new Array(value.length);
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      const completed = complete(value[index], completion);
      path.pop();
      if (completed === undefined) return undefined;
      items[index] = completed;
    }
    return items;
  };
}

function leafCompleter(serialize: (value: unknown) => unknown, coordinate: string): Completer {
  return (value, completion) => serialize(value) ?? reportInvalidValue(coordinate, completion);
}

/** Reports a value that does not match the schema. The message omits the value, which may be internal. */
function reportInvalidValue(coordinate: string, { path, report }: Completion): undefined {
  report.addUnlessReported(`A subgraph returned a value that is not valid for ${coordinate}.`, path);
  return undefined;
}

/** Sets the key `__proto__`, which is a valid alias. */
function setProto(projected: Entity, value: unknown): void {
  Object.defineProperty(projected, '__proto__', { value, enumerable: true, configurable: true, writable: true });
}
