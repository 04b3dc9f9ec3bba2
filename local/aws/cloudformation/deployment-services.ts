import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RuntimeAttributes } from '../../assembly/intrinsics.ts';
import type { Stack } from '../../assembly/read-assembly.ts';
import type { Credentials } from '../aws-endpoint.ts';
import type { AwsService } from '../aws-service.ts';
import type { DeclaredResource } from '../control-plane/declared-resource.ts';
import { DescribeLogGroups } from '../control-plane/describe-log-groups.ts';
import { ObjectStore } from '../s3/object-store.ts';
import { S3Api } from '../s3/s3-api.ts';
import { StsApi } from '../sts-api.ts';
import { AliasShift, type AliasShiftOptions } from './alias-shift.ts';
import { CloudFormation } from './cloudformation.ts';
import { CloudFormationApi } from './cloudformation-api.ts';
import type { StackDifference } from './deployed-stacks.ts';
import { CustomResources } from './resources/custom-resources.ts';
import { resourceHandlers } from './resources/handlers.ts';
import type { StackEvent } from './stack-record.ts';

export interface DeploymentOptions extends AliasShiftOptions {
  /** Directory of the data kept between runs. */
  directory: string;
  runtime: RuntimeAttributes;
  dynamoDb: () => DynamoDBClient;
  /** Invokes a function asynchronously, by its ARN. */
  invoke: (functionArn: string, payload: Buffer) => Promise<void>;
  storedParameter: (name: string) => string | undefined;
  /** Makes the running system what `stacks` returns. */
  apply: () => Promise<void>;
  onLog: (source: string, line: string) => void;
}

/** What the running system needs for deployments: the services that the CDK CLI calls, and the stacks that it changes. */
export class DeploymentServices {
  readonly #cloudFormation: CloudFormation;
  readonly #customResources: CustomResources;
  readonly #objects: ObjectStore;
  readonly #aliases: AliasShift;

  constructor(options: DeploymentOptions) {
    this.#objects = new ObjectStore(join(options.directory, 'assets'));
    this.#aliases = new AliasShift(options);
    this.#customResources = new CustomResources(options);
    const aliases = this.#aliases;
    this.#cloudFormation = new CloudFormation({
      ...options,
      objects: this.#objects,
      aliases,
      handlerOf: resourceHandlers({ ...options, aliases, customResources: this.#customResources }),
      onEvent: (event) => options.onLog('cloudformation', eventLine(event)),
    });
  }

  /** Returns the services by their name in signatures. */
  services(operator: () => Credentials): Record<string, AwsService> {
    return {
      sts: new StsApi(operator),
      s3: new S3Api(this.#objects),
      cloudformation: new CloudFormationApi(this.#cloudFormation, this.#objects),
      logs: new DescribeLogGroups((type) => this.resourcesOf(type)),
    };
  }

  /** Takes over the stacks of an assembly that are new or changed since the last run. */
  adopt(assembly: string): void {
    this.#cloudFormation.adopt(assembly);
  }

  /** Rolls back what the last run left in the middle. */
  recover(): void {
    this.#cloudFormation.recover();
  }

  /** Returns what the system runs. */
  stacks(): Stack[] {
    return this.#cloudFormation.stacks.all();
  }

  /** Returns where deployments made the running stacks differ from the assembly. */
  differences(): StackDifference[] {
    return this.#cloudFormation.stacks.differences();
  }

  /** Returns the running resources of a type. */
  resourcesOf(type: string): DeclaredResource[] {
    return this.#cloudFormation.stacks.resourcesOf(type);
  }

  /** Returns the folder in the assembly with a function's code. */
  codeOf(functionName: string): string | undefined {
    return this.#cloudFormation.stacks.codeOf(functionName);
  }

  /** Whether a deployment leaves a function's aliases where they are while it changes the function. */
  isHeld(functionName: string): boolean {
    return this.#aliases.isHeld(functionName);
  }

  /** Returns the number before the function's deployed version: versions go on from there after a restart. */
  lastVersionOf(functionName: string): number {
    return this.#cloudFormation.stacks.deployedVersionOf(functionName) - 1;
  }

  async close(): Promise<void> {
    await this.#cloudFormation.close();
    this.#customResources.close();
  }
}

const STATUS_WIDTH = 20;
const TYPE_WIDTH = 32;

function eventLine({ status, type, logicalId, reason = '' }: StackEvent): string {
  return `${status.padEnd(STATUS_WIDTH)} ${type.padEnd(TYPE_WIDTH)} ${logicalId} ${reason}`.trimEnd();
}
