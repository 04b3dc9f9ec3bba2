import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { requiredEnv } from '#platform/env.ts';
import { log } from '#platform/telemetry/log.ts';
import { type GatewayBuild, problemsWithDeployed } from '../deployed-check.ts';
import { answer } from './answer.ts';
import { deployedSchemas } from './deployed-schemas.ts';
import { GATEWAY_BUILD } from './gateway-build.ts';

/** Milliseconds reserved for composition, which cannot be interrupted, and for the response. */
const RESERVE = 20_000;

const client = new SSMClient({});

/**
 * Custom resource of the gateway's stack: CloudFormation shifts traffic to a new gateway only if the deployed subgraphs have
 * what it needs. Responds to every request, also on errors; if the response fails, Lambda retries.
 */
export async function handler(event: CloudFormationCustomResourceEvent, lambda: Context): Promise<void> {
  const signal = AbortSignal.timeout(Math.max(0, lambda.getRemainingTimeInMillis() - RESERVE));
  const problems = event.RequestType === 'Delete' ? [] : await problemsWith(signal);
  const details = { requestId: lambda.awsRequestId, request: event.RequestType, problems };
  if (problems.length > 0) log.error('the gateway cannot be deployed', details);
  else log.info('schemas checked', details);
  await answer(event, problems);
}

async function problemsWith(signal: AbortSignal): Promise<string[]> {
  try {
    const build = readFileSync(join(requiredEnv('LAMBDA_TASK_ROOT'), GATEWAY_BUILD), 'utf8');
    const schemas = await deployedSchemas(client, requiredEnv('SCHEMAS_PATH'), signal);
    return await problemsWithDeployed(JSON.parse(build) as GatewayBuild, schemas);
  } catch (error) {
    if (signal.aborted) return ['The deployed schemas could not be read in time.'];
    return [`The check failed: ${error instanceof Error ? error.message : error}`];
  }
}
