import { logGroupArn } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, type AwsService, operationOf, runOperation } from '../aws-service.ts';
import type { ResourcesOf } from './declared-resource.ts';

/** CloudWatch Logs' call that lists log groups; their lines are in the output of the local run. */
export class DescribeLogGroups implements AwsService {
  readonly #resources: ResourcesOf;

  constructor(resources: ResourcesOf) {
    this.#resources = resources;
  }

  accesses(request: AwsRequest): Access[] {
    return [{ action: `logs:${operationOf(request)}`, resource: '*' }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation({ DescribeLogGroups: (input) => this.#describe(input) }, request);
  }

  #describe({ logGroupNamePrefix = '' }: Record<string, unknown>): object {
    const groups = this.#resources('AWS::Logs::LogGroup').filter(({ physicalId }) =>
      physicalId.startsWith(String(logGroupNamePrefix)),
    );
    return {
      logGroups: groups.map(({ physicalId: logGroupName, properties }) => ({
        logGroupName,
        arn: logGroupArn(logGroupName),
        retentionInDays: properties.RetentionInDays && Number(properties.RetentionInDays),
      })),
    };
  }
}
