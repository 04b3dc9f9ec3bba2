import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateReferencedFieldsByType, type ReferencedFieldsByType } from '@apollo/utils.usagereporting';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import type { UsageOperation } from '../usage-record.ts';

/** Files of the reporter's asset, which the build writes: the schema that clients see, and keys of registered operations by id. */
export const SCHEMA = 'schema.graphql';
export const KEYS = 'keys.json';

/** What Studio knows operations by, and which fields each names. */
export class OperationKeys {
  /** Stands for the schema that operations were run on. */
  readonly schemaId: string;
  readonly #schema: GraphQLSchema;
  readonly #keys: Record<string, string>;

  constructor(asset: string) {
    const sdl = readFileSync(join(asset, SCHEMA), 'utf8');
    this.schemaId = createHash('sha256').update(sdl).digest('hex');
    this.#schema = buildSchema(sdl, { assumeValid: true });
    this.#keys = JSON.parse(readFileSync(join(asset, KEYS), 'utf8'));
  }

  /** Undefined for an id that is not registered here: the gateway was built with others. */
  keyOf(operation: UsageOperation): string | undefined {
    return 'key' in operation ? operation.key : this.#keys[operation.id];
  }

  /** The fields of an operation, by type; none of what could not be run, or was run on another schema than this. */
  fieldsOf(key: string): ReferencedFieldsByType {
    if (key.startsWith('##')) return {};
    const [first = '', ...signature] = key.split('\n');
    const name = first.slice(2);
    const document = parse(signature.join('\n'), { noLocation: true });
    const resolvedOperationName = name === '-' ? null : name;
    try {
      return calculateReferencedFieldsByType({ document, schema: this.#schema, resolvedOperationName });
    } catch {
      // While a gateway is replaced, the one before may run what this schema has no more.
      return {};
    }
  }
}
