import type { Template } from '../../assembly/read-assembly.ts';
import { valuesOf } from './stack-operations.ts';
import type { Change, ChangeSet, ResourceState, StackEvent, StackRecord, Target } from './stack-record.ts';

/** Shapes of CloudFormation's responses, https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */

export function stackShape(record: StackRecord): object {
  const template = record.template ? (JSON.parse(record.template) as Template) : undefined;
  return {
    StackId: record.id,
    StackName: record.name,
    ChangeSetId: record.changeSetId,
    Description: template?.Description,
    Parameters: parameterShapes(record),
    CreationTime: new Date(record.created),
    LastUpdatedTime: record.updated && new Date(record.updated),
    DeletionTime: record.deleted && new Date(record.deleted),
    StackStatus: record.status,
    StackStatusReason: record.reason,
    DisableRollback: false,
    NotificationARNs: [],
    Capabilities: record.capabilities,
    Outputs: record.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    Tags: tagShapes(record.tags),
    EnableTerminationProtection: record.isProtected,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

export function summaryShape(record: StackRecord): object {
  return {
    StackId: record.id,
    StackName: record.name,
    CreationTime: new Date(record.created),
    LastUpdatedTime: record.updated && new Date(record.updated),
    DeletionTime: record.deleted && new Date(record.deleted),
    StackStatus: record.status,
    StackStatusReason: record.reason,
  };
}

export function eventShape(event: StackEvent): object {
  return {
    StackId: event.stackId,
    EventId: event.id,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.time),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.token,
  };
}

export function resourceShape({ id, name }: StackRecord, state: ResourceState): object {
  const { logicalId, physicalId, type, status, reason, updated } = state;
  return {
    StackId: id,
    StackName: name,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: new Date(updated),
    LastUpdatedTimestamp: new Date(updated),
    ResourceStatus: status,
    ResourceStatusReason: reason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

export function changeSetShape(changeSet: ChangeSet, { id, name }: StackRecord): object {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: id,
    StackName: name,
    Description: changeSet.description,
    Parameters: parameterShapes(changeSet),
    CreationTime: new Date(changeSet.created),
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.reason,
    Capabilities: changeSet.capabilities,
    Tags: tagShapes(changeSet.tags),
    Changes: changeSet.changes.map(changeShape),
    IncludeNestedStacks: false,
  };
}

function changeShape({ action, logicalId, physicalId, type, replacement, scope, details }: Change): object {
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: replacement,
      Scope: scope,
      Details: details.map(({ attribute, name, recreation }) => ({
        Target: { Attribute: attribute, Name: name, RequiresRecreation: recreation },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}

/** The parameters that a template declares, with its resources' types. */
export function templateSummary({ Description, Parameters = {}, Resources }: Template, text: string): object {
  const capabilities = /"AWS::IAM::/.test(text) ? ['CAPABILITY_NAMED_IAM'] : [];
  return {
    Parameters: Object.entries(Parameters).map(([name, { Type, Default, Description: about, NoEcho }]) => ({
      ParameterKey: name,
      ParameterType: Type,
      DefaultValue: Default,
      Description: about,
      NoEcho: NoEcho ?? false,
    })),
    Description,
    Capabilities: capabilities,
    ResourceTypes: [...new Set(Object.values(Resources).map(({ Type }) => Type))],
    ResourceIdentifierSummaries: [],
  };
}

function parameterShapes(target: Pick<Target, 'parameters' | 'resolvedParameters'>): object[] {
  const resolved = valuesOf(target);
  return Object.entries(target.parameters).map(([name, value]) => ({
    ParameterKey: name,
    ParameterValue: value,
    ResolvedValue: resolved[name] === value ? undefined : resolved[name],
  }));
}

function tagShapes(tags: Record<string, string>): object[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
