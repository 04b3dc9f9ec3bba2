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
/** How long CloudFormation waits for an answer: Lambda has tried three times by then. */
const PATIENCE = Duration.minutes(10);
const HASH_LENGTH = 12;

export interface SchemaCheckProps {
  settings: Settings;
  /** The file with what the gateway is built with; left out, that of the function's bundle. */
  gatewayBuild?: string;
}

/**
 * Fails the deployment of a gateway that relies on what the deployed subgraphs do not have. It is another resource for each
 * supergraph and set of registered operations: CloudFormation makes it, and so has it checked, when one of them changes, and
 * a stack that rolls back only deletes it. Were it one resource with other properties, a rollback would check again, what is
 * deployed might not fit the old gateway either, and the stack would be stuck.
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
