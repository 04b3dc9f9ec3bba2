import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { GATEWAY_BUILD } from '../../schema-check/lambda/gateway-build.ts';
import { type Settings, schemasPath } from '../settings.ts';
import { bundleFolder } from './bundle-folder.ts';
import { BundledFunction } from './bundled-function.ts';

const MEMORY = 1769;
const TIMEOUT_SECONDS = 60;
/** CloudFormation's timeout; enough for three attempts of Lambda. */
const PATIENCE = Duration.minutes(10);
const HASH_LENGTH = 12;

export interface SchemaCheckProps {
  settings: Settings;
  /** File with the gateway's supergraph and operations; default: that in the function's bundle. */
  gatewayBuild?: string;
}

/**
 * Custom resource that fails the gateway's deployment if the deployed subgraphs lack anything it needs. Its logical id depends on
 * the supergraph and the registered operations, so that a change creates a new resource, and with it a check, and a rollback only
 * deletes it. With a fixed id, a rollback would check again and could fail too, leaving the stack stuck.
 */
export class SchemaCheck extends Construct {
  constructor(scope: Construct, id: string, { settings, gatewayBuild }: SchemaCheckProps) {
    super(scope, id);
    const build = gatewayBuild ?? join(bundleFolder(this, 'schema-check'), GATEWAY_BUILD);
    const { function: fn } = new BundledFunction(this, 'Function', {
      settings,
      service: 'schema-check',
      memory: MEMORY,
      timeout: TIMEOUT_SECONDS,
    });
    const path = schemasPath(settings);
    fn.addEnvironment('SCHEMAS_PATH', path);
    const schemas = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1) });
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [schemas] }));
    const hash = createHash('sha256').update(readFileSync(build)).digest('hex').slice(0, HASH_LENGTH);
    new CustomResource(this, hash, {
      resourceType: 'Custom::SchemaCheck',
      serviceToken: fn.functionArn,
      serviceTimeout: PATIENCE,
      properties: { gatewayBuild: hash },
    });
  }
}
