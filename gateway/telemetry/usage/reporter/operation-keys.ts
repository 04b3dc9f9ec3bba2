import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateReferencedFieldsByType, type ReferencedFieldsByType } from '@apollo/utils.usagereporting';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';
import type { UsageOperation } from '../usage-record.ts';

/** Files that the build writes to the reporter's asset: the API schema, and usage keys of registered operations by id. */
export const SCHEMA = 'schema.graphql';
export const KEYS = 'keys.json';

/** Usage keys of operations, and the fields that they select. */
export class OperationKeys {
  /** Hash of the schema. */
  readonly schemaId: string;
  readonly #schema: GraphQLSchema;
  readonly #keys: Record<string, string>;

  constructor(asset: string) {
    const sdl = readFileSync(join(asset, SCHEMA), 'utf8');
    this.schemaId = hash('sha256', sdl);
    this.#schema = buildSchema(sdl, { assumeValid: true });
    this.#keys = JSON.parse(readFileSync(join(asset, KEYS), 'utf8'));
  }

  /** Returns an operation's key; undefined for an id of another build. */
  keyOf(operation: UsageOperation): string | undefined {
    return 'key' in operation ? operation.key : this.#keys[operation.id];
  }

  /** Returns an operation's fields by type; empty if it did not run, or ran on another schema. */
  fieldsOf(key: string): ReferencedFieldsByType {
    if (key.startsWith('##')) return {};
    const [first = '', ...signature] = key.split('\n');
    const name = first.slice(2);
    const document = parse(signature.join('\n'), { noLocation: true });
    const resolvedOperationName = name === '-' ? null : name;
    try {
      return calculateReferencedFieldsByType({ document, schema: this.#schema, resolvedOperationName });
    } catch {
      // During a deployment, the previous gateway may run fields that this schema no longer has.
      return {};
    }
  }
}
