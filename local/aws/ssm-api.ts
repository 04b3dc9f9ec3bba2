import { LOCAL_ACCOUNT } from '../assembly/arns.ts';
import type { ParameterDefinition } from '../assembly/model.ts';
import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf, operationOf, runOperation } from './aws-service.ts';

type Input = Record<string, unknown>;

/** Maximum parameters per page. */
const PAGE = 10;

/** The parameter with the version of the CDK's bootstrap stack: an account that can be deployed to. */
const BOOTSTRAP = /^\/cdk-bootstrap\/\w+\/version$/;
const BOOTSTRAP_VERSION = '30';

/** SSM's parameters, to read; https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export class SsmApi implements AwsService {
  readonly #parameters: () => ParameterDefinition[];

  constructor(parameters: () => ParameterDefinition[]) {
    this.#parameters = parameters;
  }

  accesses(request: AwsRequest): Access[] {
    const { Path, Name, Names } = inputOf(request);
    const names = [Path ?? Name ?? Names ?? []].flat().map(String);
    const resources = names.length > 0 ? names.map(arn) : ['*'];
    return resources.map((resource) => ({ action: `ssm:${operationOf(request)}`, resource }));
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  /** Returns the value of a parameter; undefined if there is none. */
  valueOf(name: string): string | undefined {
    if (BOOTSTRAP.test(name)) return BOOTSTRAP_VERSION;
    return this.#parameters().find((each) => each.name === name)?.value;
  }

  readonly #operations: Parameters<typeof runOperation>[0] = {
    GetParametersByPath: (input) => this.#byPath(input),
    GetParameter: ({ Name }) => {
      const value = this.valueOf(String(Name));
      if (value === undefined) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
      return { Parameter: shape(String(Name), value) };
    },
    GetParameters: ({ Names = [] }) => {
      const found = (Names as string[]).map((name) => ({ name, value: this.valueOf(name) }));
      return {
        Parameters: found.flatMap(({ name, value }) => (value === undefined ? [] : [shape(name, value)])),
        InvalidParameters: found.filter(({ value }) => value === undefined).map(({ name }) => name),
      };
    },
    DescribeParameters: () => ({
      Parameters: this.#parameters().map(({ name }) => ({ Name: name, Type: 'String', Tier: 'Standard', Version: 1 })),
    }),
  };

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
      Parameters: page.map(({ name, value }) => shape(name, value)),
      ...(from + size < found.length && { NextToken: String(from + size) }),
    };
  }
}

function shape(name: string, value: string): object {
  return { Name: name, Type: 'String', Value: value, Version: 1, ARN: arn(name) };
}

function arn(name: string): string {
  return `arn:aws:ssm:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}
