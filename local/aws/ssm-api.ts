import { LOCAL_ACCOUNT } from '../assembly/intrinsics.ts';
import type { ParameterDefinition } from '../assembly/model.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf, operationOf, runOperation } from './aws-service.ts';

type Input = Record<string, unknown>;

/** Maximum parameters per page. */
const PAGE = 10;

/** SSM's GetParametersByPath, https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export class SsmApi implements AwsService {
  readonly #parameters: () => ParameterDefinition[];

  constructor(parameters: () => ParameterDefinition[]) {
    this.#parameters = parameters;
  }

  accesses(request: AwsRequest): Access[] {
    const { Path } = inputOf(request);
    return [{ action: `ssm:${operationOf(request)}`, resource: typeof Path === 'string' ? arn(Path) : '*' }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation({ GetParametersByPath: (input) => this.#byPath(input) }, request);
  }

  #byPath({ Path, Recursive = false, MaxResults = PAGE, NextToken = '0' }: Input): object {
    if (typeof Path !== 'string' || !Path.startsWith('/'))
      throw new AwsError('ValidationException', 'The parameter Path must be a string that begins with a slash.');
    const size = Number(MaxResults);
    if (!(size >= 1 && size <= PAGE))
      throw new AwsError('ValidationException', `MaxResults must be between 1 and ${PAGE}.`);
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const found = this.#parameters()
      .filter(({ name }) => name.startsWith(prefix) && (Recursive === true || !name.slice(prefix.length).includes('/')))
      .sort((a, b) => a.name.localeCompare(b.name));
    const from = Number(NextToken);
    const page = found.slice(from, from + size);
    return {
      Parameters: page.map(({ name, value }) => ({ Name: name, Type: 'String', Value: value, ARN: arn(name) })),
      ...(from + size < found.length && { NextToken: String(from + size) }),
    };
  }
}

function arn(name: string): string {
  return `arn:aws:ssm:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}
