import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EXPIRES_AT } from '#platform/dynamodb/table-ref.ts';
import type { SubgraphConfig } from '#platform/subgraph-config.ts';
import { type Settings, serviceName } from '../settings.ts';
import type { ServiceFunction } from './service-function.ts';

const stringKey = (name: string) => ({ name, type: AttributeType.STRING });

/** A service's table: on demand, encrypted, with point-in-time recovery, retained when the stack is deleted unless it is transient. */
export class ServiceTable extends Construct {
  readonly table: TableV2;
  readonly #access: SubgraphConfig['table']['access'];
  readonly #indexes: string[];

  constructor(
    scope: Construct,
    id: string,
    props: {
      settings: Settings;
      service: string;
      config: SubgraphConfig['table'];
      hasStream: boolean;
      /** Whether the table is deleted with its stack. */
      isTransient?: boolean;
    },
  ) {
    super(scope, id);
    const { partitionKey, sortKey, indexes = [], access } = props.config;
    this.#access = access;
    this.#indexes = indexes.map(({ name }) => name);
    this.table = new TableV2(this, 'Table', {
      tableName: serviceName(props.settings, props.service),
      partitionKey: stringKey(partitionKey),
      ...(sortKey && { sortKey: stringKey(sortKey) }),
      timeToLiveAttribute: EXPIRES_AT,
      ...(props.hasStream && { dynamoStream: StreamViewType.NEW_IMAGE }),
      globalSecondaryIndexes: indexes.map((index) => ({
        indexName: index.name,
        partitionKey: stringKey(index.partitionKey),
        ...(index.sortKey && { sortKey: stringKey(index.sortKey) }),
        projectionType: ProjectionType.ALL,
      })),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.settings.protected && !props.isTransient,
      removalPolicy: props.isTransient ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }

  /** Gives a function the table's name as an environment variable, and the actions granted in the configuration. */
  attachTo(service: ServiceFunction, as: 'service' | 'consumer', variable = 'TABLE_NAME'): void {
    const { function: fn } = service;
    this.grant(service, this.#access[as] ?? [], variable);
    const indexes = as === 'service' ? this.#indexes.map((name) => `${this.table.tableArn}/index/${name}`) : [];
    if (indexes.length > 0)
      fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:Query'], resources: indexes }));
  }

  /** Gives a function the table's name as an environment variable, and actions on its items. */
  grant({ function: fn }: ServiceFunction, names: readonly string[], variable: string): void {
    fn.addEnvironment(variable, this.table.tableName);
    const actions = names.map((name) => `dynamodb:${name}`);
    if (actions.length > 0) fn.addToRolePolicy(new PolicyStatement({ actions, resources: [this.table.tableArn] }));
  }

  /** ARN of the table's stream; throws without a stream. */
  get streamArn(): string {
    if (!this.table.tableStreamArn) throw new Error(`${this.node.path} has no stream`);
    return this.table.tableStreamArn;
  }

  /** Grants a function the table's stream, but not the table. */
  streamTo({ function: fn }: ServiceFunction): void {
    fn.addToRolePolicy(new PolicyStatement({ actions: STREAM_ACTIONS, resources: [this.streamArn] }));
  }
}

const STREAM_ACTIONS = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
