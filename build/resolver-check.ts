import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  parse,
} from 'graphql';
import { closest } from './closest.ts';
import { discoverSubgraphs, importable, ROOT } from './discover.ts';

/** Resolvers by type and field, as a subgraph's `resolvers/index.ts` exports them. */
export type ResolverMap = Record<string, object>;

/** A resolver that no query reaches. */
export interface UselessResolver {
  /** `Type.field`, or a type alone. */
  name: string;
  /** Type that its file is named after. */
  type: string;
  /** The nearest name that the schema has. */
  near: string | undefined;
}

const OF_OBJECTS = ['__resolveReference', '__isTypeOf'];
const OF_ABSTRACT_TYPES = ['__resolveType', '__resolveReference'];

/** Resolvers that fit no type or field of a subgraph's schema: Apollo's library says nothing of them. */
export function uselessResolvers(sdl: string, resolvers: ResolverMap): UselessResolver[] {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl, { noLocation: true }) }]);
  return Object.entries(resolvers).flatMap(([type, of]) => uselessOf(schema, type, of));
}

function uselessOf(schema: GraphQLSchema, type: string, resolvers: object): UselessResolver[] {
  const known = schema.getType(type);
  if (!known) {
    const types = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('_'));
    return [{ name: type, type, near: closest(type, types) }];
  }
  if (isScalarType(known)) return [];
  const fields = fieldsOf(known);
  return Object.keys(resolvers)
    .filter((field) => !fields.includes(field))
    .map((field) => ({ name: `${type}.${field}`, type, near: closest(field, fields) }));
}

/** What a type can have resolvers for. */
function fieldsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isObjectType(type)) return [...OF_OBJECTS, ...Object.keys(type.getFields())];
  if (isInterfaceType(type)) return [...OF_ABSTRACT_TYPES, ...Object.keys(type.getFields())];
  if (isUnionType(type)) return OF_ABSTRACT_TYPES;
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

/** Every useless resolver of the subgraphs that keep theirs in `resolvers/index.ts`, a line each with its file. */
export async function uselessResolverLines(root = ROOT): Promise<string[]> {
  const lines = await Promise.all(
    discoverSubgraphs(root).map(async ({ name, path }) => {
      const folder = join(path, 'resolvers');
      const files = filesIn(folder);
      if (!files.includes('index.ts')) return [];
      const { resolvers = {} } = (await import(importable(join(folder, 'index.ts')))) as { resolvers?: ResolverMap };
      const useless = uselessResolvers(readFileSync(join(path, 'schema.graphql'), 'utf8'), resolvers);
      return useless.map(({ name: resolver, type, near }) => {
        const file = files.find((each) => defines(join(folder, each), type)) ?? 'index.ts';
        const perhaps = near ? ` Perhaps "${near}"?` : '';
        return `subgraphs/${name}/resolvers/${file}: the resolver ${resolver} fits nothing in subgraphs/${name}/schema.graphql.${perhaps}`;
      });
    }),
  );
  return lines.flat();
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  } catch {
    return [];
  }
}

/** Whether a file exports a type's resolvers. */
function defines(file: string, type: string): boolean {
  return new RegExp(`^export const ${type}\\b`, 'm').test(readFileSync(file, 'utf8'));
}
