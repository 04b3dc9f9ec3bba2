import type { AliasRef } from '../../codedeploy/deployment.ts';
import type { AliasShift } from '../alias-shift.ts';
import { changedProperties } from '../replacement.ts';
import type { ResourceChange, ResourceHandler } from '../resource-handler.ts';
import { handlerFailed } from '../stack-error.ts';

/** Reserved and set by Lambda, https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED =
  /^(AWS_(REGION|DEFAULT_REGION|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|LAMBDA_.*)|_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;
const MAX_ENVIRONMENT_BYTES = 4_096;

/** Functions, versions and aliases: a changed function serves when its alias moves to its new version. */
export function functionHandlers(aliases: AliasShift): Record<string, ResourceHandler> {
  return {
    'AWS::Lambda::Function': {
      create: ({ properties }) => checkEnvironment(properties),
      update: ({ properties, before = {} }) => {
        checkEnvironment(properties);
        const changed = changedProperties(before, properties).filter((name) => name !== 'ReservedConcurrentExecutions');
        if (changed.length > 0) aliases.hold(String(properties.FunctionName));
        return undefined;
      },
    },
    'AWS::Lambda::Version': {
      create: ({ properties }) => {
        const name = String(properties.FunctionName);
        const version = aliases.publish(name);
        return { physicalId: `${name}:${version}`, attributes: { Version: version } };
      },
      delete: ({ properties, physicalId = '' }) => {
        const [, version] = /:(\d+)$/.exec(physicalId) ?? [];
        if (version) aliases.deleteVersion(String(properties.FunctionName), version);
      },
    },
    'AWS::Lambda::Alias': {
      create: async (change) => void (await aliases.shift(...aliasIn(change))),
      update: async (change) => {
        if (change.isRollback) aliases.moveBack(...aliasIn(change));
        else await aliases.shift(...aliasIn(change));
        return undefined;
      },
    },
  };
}

function aliasIn({ properties }: ResourceChange): [alias: AliasRef, version: string] {
  const { FunctionName, Name, FunctionVersion } = properties;
  return [{ functionName: String(FunctionName), alias: String(Name) }, String(FunctionVersion)];
}

function checkEnvironment({ Environment }: Record<string, unknown>): undefined {
  const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
  const reserved = Object.keys(Variables).filter((name) => RESERVED.test(name));
  if (reserved.length > 0)
    throw handlerFailed(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
      'InvalidRequest',
    );
  if (Buffer.byteLength(JSON.stringify(Variables)) > MAX_ENVIRONMENT_BYTES)
    throw handlerFailed(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
      'InvalidRequest',
    );
}
