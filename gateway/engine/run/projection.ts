import type { Program } from '../program.ts';
import { parseTypeRef, type TypeRef } from '../type-ref.ts';
import type { ErrorReport, ResponsePath } from './error-report.ts';
import { type Entity, isEntity } from './representation.ts';
import { type Serializer, serializerOf } from './scalar-values.ts';
import type { ResponseField, SelectionSet } from './selection-set.ts';

/** What the making of one answer needs. */
export interface Completion {
  /** Where in the answer the work is. */
  path: ResponsePath;
  report: ErrorReport;
  /** Answers to the questions about the schema itself, by response key. */
  introspected: Entity;
}

/**
 * Makes a value of the answer from what subgraphs gave. `null` says that there is none; `undefined` that there can be
 * none and an error tells why: where null is allowed it becomes null, and goes up where it is not.
 */
type Completer = (value: unknown, completion: Completion) => unknown;

interface CompiledField {
  key: string;
  source: string;
  complete: Completer;
  /** Of a field that has one leaf: gives its value, if it has a valid one. */
  serialize?: Serializer;
}

/**
 * Makes an operation's answer from the data of subgraphs: the client's keys in the client's order, checked against the
 * schema, with null propagation; https://spec.graphql.org/October2021/#sec-Value-Completion
 */
export class Projection {
  readonly #program: Program;
  readonly #root: SelectionSet;
  readonly #compiled = new WeakMap<ResponseField[], CompiledField[]>();

  constructor(program: Program, root: SelectionSet) {
    this.#program = program;
    this.#root = root;
  }

  /** The `data` of the answer. */
  complete(data: Entity, completion: Completion): Entity | null {
    return this.#object(this.#program.root, this.#root, data, completion) ?? null;
  }

  #object(type: string, select: SelectionSet, value: unknown, completion: Completion): Entity | undefined {
    if (!isEntity(value)) return isNoValue(type, completion);
    const answer: Entity = {};
    for (const { key, source, complete, serialize } of this.#fields(type, select)) {
      const given = value[source];
      let completed = serialize && given !== null && given !== undefined ? serialize(given) : undefined;
      if (completed === undefined) {
        completion.path.push(key);
        completed = complete(given, completion);
        completion.path.pop();
        if (completed === undefined) return undefined;
      }
      if (key === '__proto__') setProto(answer, completed);
      else answer[key] = completed;
    }
    return answer;
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
    // It may be in the data all the same, as part of a key.
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
      // A subgraph that has the interface as one object knows no other type; then only the interface's fields are asked.
      const runtimeType = isEntity(value) ? (value.__typename ?? name) : undefined;
      if (typeof runtimeType !== 'string' || !possible.has(runtimeType)) return isNoValue(coordinate, completion);
      return this.#object(runtimeType, select, value, completion);
    };
  }
}

/** Null in place of what the viewer may not see, and an error there; https://spec.graphql.org/October2021/#sec-Handling-Field-Errors */
function withheldCompleter(value: null | undefined): Completer {
  return (_, { path, report }) => {
    report.addWithheld(path);
    return value;
  };
}

/** An interface is no object's type: the object's own has not been found. */
function typenameCompleter(owner: string, { types }: Program): Completer {
  const isKnown = types[owner]?.kind === 'object';
  return (_, completion) => (isKnown ? owner : isNoValue(`${owner}.__typename`, completion));
}

function nullableCompleter(complete: Completer): Completer {
  return (value, completion) => (value === null || value === undefined ? null : (complete(value, completion) ?? null));
}

function nonNullCompleter(complete: Completer, coordinate: string): Completer {
  return (value, completion) => {
    if (value !== null && value !== undefined) return complete(value, completion);
    completion.report.addUnlessExplained(`Cannot return null for non-nullable field ${coordinate}.`, completion.path);
    return undefined;
  };
}

function listCompleter(complete: Completer, coordinate: string): Completer {
  return (value, completion) => {
    if (!Array.isArray(value)) return isNoValue(coordinate, completion);
    const { path } = completion;
    const answer = new Array(value.length);
    for (let index = 0; index < value.length; index++) {
      path.push(index);
      const completed = complete(value[index], completion);
      path.pop();
      if (completed === undefined) return undefined;
      answer[index] = completed;
    }
    return answer;
  };
}

function leafCompleter(serialize: (value: unknown) => unknown, coordinate: string): Completer {
  return (value, completion) => serialize(value) ?? isNoValue(coordinate, completion);
}

/** What a subgraph gave is not of the type that the schema says. The value is not shown: it may be internal. */
function isNoValue(coordinate: string, { path, report }: Completion): undefined {
  report.addUnlessExplained(`A subgraph returned a value that is not valid for ${coordinate}.`, path);
  return undefined;
}

/** A client may call a field so. */
function setProto(answer: Entity, value: unknown): void {
  Object.defineProperty(answer, '__proto__', { value, enumerable: true, configurable: true, writable: true });
}
