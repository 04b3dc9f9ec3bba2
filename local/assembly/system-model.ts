import { Resolver, type RuntimeAttributes } from './intrinsics.ts';
import { emptyModel, type SystemModel } from './model.ts';
import { readAssembly, type Stack, type TemplateResource } from './read-assembly.ts';
import { EDGE_READERS } from './read-edge.ts';
import { EVENT_READERS } from './read-events.ts';
import { FUNCTION_READERS } from './read-functions.ts';
import { HTTP_API_READERS } from './read-http-api.ts';
import { PARAMETER_READERS } from './read-parameters.ts';
import { TABLE_READERS } from './read-tables.ts';

/** A reader for each resource type that has a counterpart here. */
const READERS = {
  ...FUNCTION_READERS,
  ...TABLE_READERS,
  ...EVENT_READERS,
  ...HTTP_API_READERS,
  ...EDGE_READERS,
  ...PARAMETER_READERS,
};

/** Types that need nothing of their own here: what they say is read with another resource, or has no effect locally. */
const READ_WITH_OTHERS = new Set([
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::ApiGatewayV2::Integration',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::CDK::Metadata',
]);

/** Reads a cloud assembly into a model. */
export function systemModel(directory: string, runtime: RuntimeAttributes = {}): SystemModel {
  const stacks = readAssembly(directory);
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
    else if (!READ_WITH_OTHERS.has(type)) model.unsupported.push({ stack: stack.name, logicalId, type });
  }
}

/** A function whose code is in the template, as those of CDK's own helpers are, does not run here. */
function hasNoAsset({ Type, Metadata }: TemplateResource): boolean {
  return Type === 'AWS::Lambda::Function' && Metadata?.['aws:asset:path'] === undefined;
}
