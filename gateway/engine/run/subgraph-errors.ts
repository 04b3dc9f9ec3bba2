import type { GraphQLErrorExtensions, GraphQLFormattedError } from 'graphql';
import type { Program, ProgramFetch } from '../program.ts';
import { clientPaths } from './client-paths.ts';
import type { ErrorReport, ResponsePath } from './error-report.ts';
import type { Join, JoinPart } from './join.ts';
import type { Entity } from './representation.ts';
import { eachAt } from './response-data.ts';
import type { SelectionSet } from './selection-set.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

/** The code of a subgraph's error that has none. */
const DEFAULT_CODE = 'DOWNSTREAM_SERVICE_ERROR';

/** Tells the client of what went wrong in subgraphs: at the places where the client sees it. */
export class SubgraphErrors {
  readonly #report: ErrorReport;
  readonly #data: Entity;
  readonly #program: Program;
  readonly #root: SelectionSet;

  constructor(report: ErrorReport, data: Entity, program: Program, root: SelectionSet) {
    this.#report = report;
    this.#data = data;
    this.#program = program;
    this.#root = root;
  }

  /** Errors in an answer about root fields. */
  fromRoot(fetch: ProgramFetch, errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) {
      const path = originalNames(error.path ?? [], fetch);
      this.#add(error, fetch, path.length > 0 ? [[...keysOf(fetch), ...path]] : placesOf(fetch));
    }
  }

  /** Errors in an answer about entities: their paths begin with the part's key and the entity's place in the list. */
  fromJoins(parts: JoinPart[], errors: readonly GraphQLFormattedError[]): void {
    for (const error of errors) {
      const [key, place, ...rest] = error.path ?? [];
      const joins = parts.filter((part) => key === undefined || part.key === key).flatMap((part) => part.joins);
      const paths = joins.flatMap((join) =>
        this.#pathsOf(join, place).map((path) => [...path, ...originalNames(rest, join.fetch.fetch)]),
      );
      const [{ fetch } = {}] = joins;
      if (fetch)
        this.#add(error, fetch.fetch, paths.length > 0 ? paths : joins.flatMap((join) => placesOf(join.fetch.fetch)));
    }
  }

  /** A subgraph that gave no answer. */
  fromFailure(failure: unknown, fetches: ProgramFetch[]): void {
    if (!(failure instanceof SubgraphFailure)) throw failure;
    for (const fetch of fetches) {
      const message = `The service "${fetch.service}" ${failure.message}`;
      this.#add({ message, extensions: { code: failure.code } }, fetch, placesOf(fetch));
    }
  }

  /** Where the objects are that an entity of the answer is for. */
  #pathsOf({ fetch, targets, places }: Join, place: unknown): ResponsePath[] {
    const concerned = new Set(targets.filter((_, index) => places[index] === place));
    const paths: ResponsePath[] = [];
    if (concerned.size === 0) return paths;
    eachAt(this.#data, fetch.fetch.path, (entity, at) => {
      if (concerned.has(entity)) paths.push(at);
    });
    return paths;
  }

  #add({ message, extensions }: GraphQLFormattedError, { service }: ProgramFetch, dataPaths: ResponsePath[]): void {
    const told = { ...withoutInternals(extensions), serviceName: service };
    const paths = clientPaths(dataPaths, this.#data, this.#program, this.#root);
    for (const path of paths.length > 0 ? paths : [undefined]) {
      this.#report.add(message || `The service "${service}" failed.`, path, told);
    }
  }
}

/** Where the data of a fetch goes, as far as one path can say: up to the first list, or to each of its root fields. */
function placesOf(fetch: ProgramFetch): ResponsePath[] {
  const keys = keysOf(fetch);
  return fetch.keys ? fetch.keys.map((key) => [...keys, key]) : [keys];
}

function keysOf({ path }: ProgramFetch): string[] {
  const end = path.indexOf('@');
  return path.slice(0, end < 0 ? path.length : end).filter((step) => typeof step === 'string');
}

/** Undoes, in an error's path, the names that the plan had to give to values. */
function originalNames(path: readonly (string | number)[], { renames }: ProgramFetch): ResponsePath {
  return path.map((step) => renames?.find(({ from }) => from === step)?.to ?? step);
}

/** What a subgraph says about an error, without what is for its developers, and without orders to the HTTP server. */
function withoutInternals(extensions: GraphQLErrorExtensions | undefined): GraphQLErrorExtensions {
  const { stacktrace: _, exception: __, http: ___, code, ...rest } = extensions ?? {};
  return { ...rest, code: typeof code === 'string' ? code : DEFAULT_CODE };
}
