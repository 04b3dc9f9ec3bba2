import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, printSchema } from 'graphql';
import { idOf } from '../gateway/operations/operation-id.ts';
import { KEYS, SCHEMA } from '../gateway/telemetry/usage/reporter/operation-keys.ts';
import { usageKey } from '../gateway/telemetry/usage/usage-key.ts';
import { apiSchema } from './api-schema.ts';
import { assetOf } from './bundle.ts';
import { ROOT } from './discover.ts';
import { registeredOperations } from './operations/registered.ts';

/** Writes the API schema and the usage keys of the registered operations, by id, into the usage reporter's asset. */
export function writeUsageReporter(supergraphSdl: string, root = ROOT): void {
  const asset = assetOf({ name: 'usage-reporter', root });
  mkdirSync(asset, { recursive: true });
  writeFileSync(join(asset, SCHEMA), printSchema(apiSchema(supergraphSdl)));
  const keys = registeredOperations(root).flatMap(({ id, name, body }) => {
    const key = usageKey(parse(body, { noLocation: true }), name);
    return [id, idOf(body)].map((each) => [each, key]);
  });
  writeFileSync(join(asset, KEYS), JSON.stringify(Object.fromEntries(keys)));
}
