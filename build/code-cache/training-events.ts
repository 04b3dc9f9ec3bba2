import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DefinitionNode, Kind, parse } from 'graphql';
import type { SubgraphRequest } from '#platform/graphql/envelope.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import type { Program } from '../../gateway/engine/program.ts';
import { parseTypeRef, type TypeRef } from '../../gateway/engine/type-ref.ts';
import type { RegisteredOperation } from '../../gateway/operations/registered-operation.ts';
import { OPERATIONS } from '../../gateway/operations/registered-operations.ts';
import { assetOf, type Bundle } from '../bundle.ts';
import { readSchemas } from '../discover.ts';
import { generateExamples } from '../generate-examples.ts';

/** Returns events that execute the code of a function's first response. Consumers and functions for subscriptions are only loaded. */
export function trainingEvents(bundle: Bundle): object[] {
  const { name } = bundle;
  if (name === 'gateway')
    return [...registeredOperations(assetOf(bundle)).map(requestFor), clientRequest('{ __typename }')];
  if (name.startsWith('gateway-')) return [];
  if (name === 'publisher' || name.endsWith('-consumer')) return [];
  return subgraphRequests(bundle);
}

/** Requests that read a subgraph's tables: entities by key, and root fields whose arguments can be generated. */
function subgraphRequests({ name, root }: Bundle): SubgraphRequest[] {
  const document = parse(readSchemas(root).find((each) => each.name === name)?.sdl ?? '');
  const queries = generateExamples(buildSubgraphSchema(document)).filter(({ query }) => /^query (?!_)/m.test(query));
  const representations = document.definitions.flatMap(representationsOf);
  const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
  return [
    subgraphRequest('{ __typename }'),
    ...(representations.length > 0 ? [subgraphRequest(entities, { representations })] : []),
    ...queries.map(({ query }) => subgraphRequest(query)),
  ];
}

/** One representation for each key of a type without nested fields; https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/intro */
function representationsOf(definition: DefinitionNode): object[] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
  const keys = (definition.directives ?? []).flatMap(({ name, arguments: given = [] }) =>
    name.value === 'key' ? given.map(({ value }) => (value.kind === Kind.STRING ? value.value : '')) : [],
  );
  return keys
    .filter((key) => /^[\w\s]+$/.test(key))
    .map((key) =>
      Object.fromEntries([['__typename', definition.name.value], ...key.split(/\s+/).map((name) => [name, 'none'])]),
    );
}

function subgraphRequest(query: string, variables = {}): SubgraphRequest {
  const viewer: Viewer = { id: 'none', groups: [], scopes: [] };
  return { query, variables, viewer, requestId: 'none', traceparent: '', deadline: Date.now() + 60_000 };
}

function registeredOperations(asset: string): RegisteredOperation[] {
  const folder = join(asset, OPERATIONS);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Returns a request for the operation, with generated variables. */
function requestFor({ body, programs }: RegisteredOperation): object {
  const [program] = Object.values(programs);
  const given = (program?.variables ?? []).map(({ name, type }) => [name, madeUp(parseTypeRef(type), program)]);
  return clientRequest(body, Object.fromEntries(given));
}

function madeUp(type: TypeRef, program: Program | undefined): unknown {
  if (!type.nonNull) return null;
  if ('item' in type) return [];
  const input = program?.inputTypes[type.name];
  if (input?.kind === 'enum') return input.values[0];
  if (input?.kind !== 'input') return VALUES[type.name] ?? '';
  const fields = Object.entries(input.fields).map(([name, field]) => [name, madeUp(parseTypeRef(field.type), program)]);
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

const VALUES: Record<string, unknown> = { Int: 1, Float: 1, Boolean: true };

function clientRequest(query: string, variables = {}): object {
  return {
    version: '2.0',
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: { requestId: 'none', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query, variables }),
    isBase64Encoded: false,
  };
}
