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

/** A resolver without a matching type or field. */
export interface UnmatchedResolver {
  /** `Type.field` or `Type`. */
  name: string;
  /** Name of the type, by which its file is found. */
  type: string;
  /** Most similar name in the schema. */
  near: string | undefined;
}

const OBJECT_RESOLVERS = ['__resolveReference', '__isTypeOf'];
const ABSTRACT_TYPE_RESOLVERS = ['__resolveType', '__resolveReference'];

/** Returns the resolvers without a matching type or field, which @apollo/subgraph ignores silently. */
export function unmatchedResolvers(sdl: string, resolvers: ResolverMap): UnmatchedResolver[] {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl, { noLocation: true }) }]);
  return Object.entries(resolvers).flatMap(([type, of]) => unmatchedOf(schema, type, of));
}

function unmatchedOf(schema: GraphQLSchema, type: string, resolvers: object): UnmatchedResolver[] {
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

/** Returns the names for which a type can have resolvers. */
function fieldsOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isObjectType(type)) return [...OBJECT_RESOLVERS, ...Object.keys(type.getFields())];
  if (isInterfaceType(type)) return [...ABSTRACT_TYPE_RESOLVERS, ...Object.keys(type.getFields())];
  if (isUnionType(type)) return ABSTRACT_TYPE_RESOLVERS;
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
}

/** Returns a message with file for each unmatched resolver of all subgraphs that have a `resolvers/index.ts`. */
export async function unmatchedResolverMessages(root = ROOT): Promise<string[]> {
  const lines = await Promise.all(
    discoverSubgraphs(root).map(async ({ name, path }) => {
      const folder = join(path, 'resolvers');
      const files = filesIn(folder);
      if (!files.includes('index.ts')) return [];
      const { resolvers = {} } = (await import(importable(join(folder, 'index.ts')))) as { resolvers?: ResolverMap };
      const unmatched = unmatchedResolvers(readFileSync(join(path, 'schema.graphql'), 'utf8'), resolvers);
      return unmatched.map(({ name: resolver, type, near }) => {
        const file = files.find((each) => defines(join(folder, each), type)) ?? 'index.ts';
        const perhaps = near ? ` Perhaps "${near}"?` : '';
        return `subgraphs/${name}/resolvers/${file}: the resolver ${resolver} matches nothing in subgraphs/${name}/schema.graphql.${perhaps}`;
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
