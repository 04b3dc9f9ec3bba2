import { Resolver, type RuntimeAttributes } from './intrinsics.ts';
import { emptyModel, type SystemModel } from './model.ts';
import { ALARM_READERS } from './read-alarms.ts';
import { readAssembly, type Stack, type TemplateResource } from './read-assembly.ts';
import { DEPLOYMENT_READERS } from './read-deployments.ts';
import { EDGE_READERS } from './read-edge.ts';
import { EVENT_READERS } from './read-events.ts';
import { FRONT_DOOR_READERS } from './read-front-door.ts';
import { FUNCTION_READERS } from './read-functions.ts';
import { MAPPING_READERS } from './read-mappings.ts';
import { PARAMETER_READERS } from './read-parameters.ts';
import { TABLE_READERS } from './read-tables.ts';
import { WEBSOCKET_READERS } from './read-websocket-api.ts';

/** Readers by supported resource type. */
const READERS = {
  ...FUNCTION_READERS,
  ...TABLE_READERS,
  ...MAPPING_READERS,
  ...EVENT_READERS,
  ...FRONT_DOOR_READERS,
  ...EDGE_READERS,
  ...WEBSOCKET_READERS,
  ...PARAMETER_READERS,
  ...ALARM_READERS,
  ...DEPLOYMENT_READERS,
};

/**
 * Types without a reader that are not reported as unsupported: read with another resource, or without local effect. Custom
 * resources run in deployments only.
 */
const WITHOUT_READER = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::Lambda::Version',
  'AWS::CodeDeploy::Application',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::CDK::Metadata',
]);

/** Reads the cloud assembly in a directory into a model. Throws an error if a template cannot be resolved. */
export function readSystemModel(directory: string, runtime: RuntimeAttributes = {}): SystemModel {
  return readStacks(readAssembly(directory), directory, runtime);
}

/** Reads stacks into a model; `directory` has the code of those from an assembly. Throws an error if one cannot be resolved. */
export function readStacks(stacks: Stack[], directory: string, runtime: RuntimeAttributes = {}): SystemModel {
  const model = emptyModel();
  for (const stack of stacks) readStack(stack, new Resolver(stack, stacks, runtime), directory, model);
  return model;
}

function readStack(stack: Stack, resolver: Resolver, directory: string, model: SystemModel): void {
  for (const [logicalId, resource] of resolver.resources()) {
    const { Type: type } = resource;
    const read = READERS[type];
    if (read && !hasNoAsset(resource))
      read(resolver.properties(resource), model, { stack, resolver, directory, logicalId, resource });
    else if (!WITHOUT_READER.has(type) && !type.startsWith('Custom::'))
      model.unsupported.push({ stack: stack.name, logicalId, type });
  }
}

/** Functions with inline code, such as CDK's own helpers, do not run here. */
function hasNoAsset({ Type, Metadata }: TemplateResource): boolean {
  return Type === 'AWS::Lambda::Function' && Metadata?.['aws:asset:path'] === undefined;
}
