import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import { nameInArn } from '../../assembly/resource-reader.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, operationOf, runOperation } from '../aws-service.ts';
import type { DeclaredResource, DescribingService, ResourcesOf } from './declared-resource.ts';

type Input = Record<string, unknown>;

/** EventBridge's calls that list and describe buses, rules and archives. */
export class DescribeRules implements DescribingService {
  readonly #resources: ResourcesOf;

  constructor(resources: ResourcesOf) {
    this.#resources = resources;
  }

  isFor(request: AwsRequest): boolean {
    return operationOf(request) in this.#operations;
  }

  accesses(request: AwsRequest): Access[] {
    return [{ action: `events:${operationOf(request)}`, resource: '*' }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  readonly #operations: Parameters<typeof runOperation>[0] = {
    ListEventBuses: () => ({
      EventBuses: this.#resources('AWS::Events::EventBus').map(({ physicalId }) => bus(physicalId)),
    }),
    DescribeEventBus: ({ Name = 'default' }) => bus(nameInArn(Name)),
    ListRules: (input) => ({ Rules: this.#rules(input).map(rule) }),
    DescribeRule: (input) => rule(this.#rule(input.Name, input)),
    ListTargetsByRule: (input) => ({ Targets: this.#rule(input.Rule, input).properties.Targets ?? [] }),
    ListArchives: () => ({
      Archives: this.#resources('AWS::Events::Archive').map(({ physicalId, properties }) => ({
        ArchiveName: physicalId,
        EventSourceArn: properties.SourceArn,
        State: 'ENABLED',
      })),
    }),
  };

  #rules({ EventBusName, NamePrefix = '' }: Input): DeclaredResource[] {
    return this.#resources('AWS::Events::Rule')
      .filter(({ properties }) => EventBusName === undefined || busOf(properties) === nameInArn(EventBusName))
      .filter(({ physicalId }) => physicalId.startsWith(String(NamePrefix)));
  }

  #rule(name: unknown, input: Input): DeclaredResource {
    const found = this.#rules(input).find(({ physicalId }) => physicalId === name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist.`);
  }
}

function rule({ physicalId: Name, properties }: DeclaredResource): object {
  const { EventPattern, State = 'ENABLED', Description, ScheduleExpression } = properties;
  const EventBusName = busOf(properties);
  const pattern = EventPattern === undefined ? undefined : JSON.stringify(EventPattern);
  const Arn = arn('rule', EventBusName === 'default' ? Name : `${EventBusName}/${Name}`);
  return { Name, Arn, EventPattern: pattern, State, Description, ScheduleExpression, EventBusName };
}

function bus(Name: string): object {
  return { Name, Arn: arn('event-bus', Name) };
}

function busOf({ EventBusName }: Input): string {
  return EventBusName === undefined ? 'default' : nameInArn(EventBusName);
}

function arn(kind: string, name: string): string {
  return `arn:aws:events:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${kind}/${name}`;
}
