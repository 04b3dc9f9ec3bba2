import { resolve } from 'node:path';
import type { PolicyStatement } from '../aws/iam/policy.ts';
import { functionRef } from '../aws/lambda/function-ref.ts';
import type { TemplateResource } from './read-assembly.ts';
import { nameInArn, type ResourceContext, type ResourceReader, reportUnsupported } from './resource-reader.ts';

const MILLISECONDS = 1_000;
/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const DEFAULT_RETRIES = 2;
const DEFAULT_MAX_AGE = 21_600;

/** Readers for functions, their invocation settings, permissions and log subscriptions. */
export const FUNCTION_READERS: Record<string, ResourceReader> = {
  'AWS::Lambda::Function': (properties, model, context) => {
    const { logicalId, resource, directory } = context;
    reportUnsupported(properties, ['Layers'], model, context);
    const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
    const { TargetArn } = (properties.DeadLetterConfig ?? {}) as { TargetArn?: string };
    model.functions.push({
      name: String(properties.FunctionName ?? logicalId),
      codeDirectory:
        context.stack.codeFolder?.(resource) ?? resolve(directory, String(resource.Metadata?.['aws:asset:path'])),
      handler: String(properties.Handler),
      memory: Number(properties.MemorySize ?? 128),
      timeout: Number(properties.Timeout ?? 3) * MILLISECONDS,
      ...(properties.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: Number(properties.ReservedConcurrentExecutions),
      }),
      environment: Variables,
      aliases: aliasesOf(context),
      policies: policiesOf(context),
      deadLetterQueue: TargetArn === undefined ? undefined : nameInArn(TargetArn),
    });
  },
  'AWS::Lambda::EventInvokeConfig': (properties, model, context) => {
    const { OnFailure, ...others } = (properties.DestinationConfig ?? {}) as { OnFailure?: { Destination: string } };
    reportUnsupported(others, ['OnSuccess'], model, context);
    model.asyncConfigs.push({
      functionName: functionRef(String(properties.FunctionName)).name,
      qualifier: String(properties.Qualifier),
      maxRetries: Number(properties.MaximumRetryAttempts ?? DEFAULT_RETRIES),
      maxAge: Number(properties.MaximumEventAgeInSeconds ?? DEFAULT_MAX_AGE) * MILLISECONDS,
      failureQueue: OnFailure && nameInArn(OnFailure.Destination),
    });
  },
  'AWS::Logs::SubscriptionFilter': (properties, model, context) => {
    const [, member, value] = /^\{ \$\.(\w+) = "([^"]*)" \}$/.exec(String(properties.FilterPattern)) ?? [];
    const [, source] = /^\/aws\/lambda\/(.+)$/.exec(String(properties.LogGroupName)) ?? [];
    if (!member || !value || !source) return reportUnsupported(properties, ['FilterPattern'], model, context);
    const arn = String(properties.DestinationArn);
    const { name, qualifier = '$LATEST' } = functionRef(arn);
    model.logSubscriptions.push({ source, name: context.logicalId, member, value, functionName: name, qualifier, arn });
  },
  'AWS::Lambda::Permission': ({ FunctionName, Action, Principal, SourceArn }, model) => {
    model.resourcePolicies.push({
      resource: String(FunctionName),
      statements: [
        {
          Effect: 'Allow',
          Action: String(Action),
          Principal: { Service: String(Principal) },
          ...(SourceArn !== undefined && { Condition: { ArnLike: { 'AWS:SourceArn': String(SourceArn) } } }),
        },
      ],
    });
  },
};

function aliasesOf({ stack, resolver, logicalId }: ResourceContext): string[] {
  return ofType(stack.template.Resources, 'AWS::Lambda::Alias')
    .filter((alias) => refersTo(alias.Properties?.FunctionName, logicalId))
    .map((alias) => String(resolver.properties(alias).Name));
}

function policiesOf({ stack, resolver, resource }: ResourceContext): PolicyStatement[] {
  const [roleId] = (resource.Properties?.Role as { 'Fn::GetAtt'?: string[] })?.['Fn::GetAtt'] ?? [];
  return ofType(stack.template.Resources, 'AWS::IAM::Policy')
    .filter(({ Properties }) => (Properties?.Roles as unknown[] | undefined)?.some((role) => refersTo(role, roleId)))
    .flatMap((policy) => (resolver.properties(policy).PolicyDocument as { Statement: PolicyStatement[] }).Statement);
}

function ofType(resources: Record<string, TemplateResource>, type: string): TemplateResource[] {
  return Object.values(resources).filter(({ Type }) => Type === type);
}

function refersTo(value: unknown, logicalId: string | undefined): boolean {
  return (value as { Ref?: string } | undefined)?.Ref === logicalId;
}
