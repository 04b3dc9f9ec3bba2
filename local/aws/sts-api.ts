import { randomBytes } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../assembly/arns.ts';
import type { Credentials } from './aws-endpoint.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import type { Access, AwsService } from './aws-service.ts';
import { queryOf, queryResponse } from './query-protocol.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const HOUR = 3_600_000;

/** STS: the operator's identity, and the CDK's roles, each with the operator's permissions. */
export class StsApi implements AwsService {
  readonly #operator: () => Credentials;

  constructor(operator: () => Credentials) {
    this.#operator = operator;
  }

  accesses(request: AwsRequest): Access[] {
    return [{ action: `sts:${queryOf(request).get('Action')}`, resource: queryOf(request).get('RoleArn') ?? '*' }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    const input = queryOf(request);
    if (input.get('Action') === 'GetCallerIdentity')
      return queryResponse('GetCallerIdentity', NAMESPACE, {
        Arn: `arn:aws:iam::${LOCAL_ACCOUNT.accountId}:user/operator`,
        UserId: 'operator',
        Account: LOCAL_ACCOUNT.accountId,
      });
    if (input.get('Action') === 'AssumeRole') return queryResponse('AssumeRole', NAMESPACE, this.#assume(input));
    return undefined;
  }

  #assume(input: URLSearchParams): object {
    const { accessKeyId, secretAccessKey } = this.#operator();
    const session = input.get('RoleSessionName') ?? 'session';
    const role = input.get('RoleArn')?.split('/').pop() ?? 'role';
    return {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: randomBytes(16).toString('base64url'),
        Expiration: new Date(Date.now() + HOUR),
      },
      AssumedRoleUser: {
        AssumedRoleId: `local:${session}`,
        Arn: `arn:aws:sts::${LOCAL_ACCOUNT.accountId}:assumed-role/${role}/${session}`,
      },
    };
  }
}
