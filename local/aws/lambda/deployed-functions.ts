import { type InvocationType, InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { errorResponse } from '../aws-service.ts';
import type { FunctionRef } from './function-ref.ts';

/** Where functions are that are not run here. */
export interface DeployedOptions {
  /** The stage, for messages. */
  stage: string;
  /** The name there of a function by its name here. */
  nameOf: (functionName: string) => string;
  /** As AWS's tools find it if it is left out: by environment variables, profiles and sign-ins. */
  client?: LambdaClientConfig;
}

/** Functions that are deployed in AWS, invoked with the operator's own credentials. */
export class DeployedFunctions {
  readonly #options: DeployedOptions;
  readonly #client: LambdaClient;

  constructor(options: DeployedOptions) {
    this.#options = options;
    this.#client = new LambdaClient(options.client ?? {});
  }

  /** Throws an error in one line if one of some functions is not there, or may not be invoked. */
  async check(functionNames: string[], qualifier: string): Promise<void> {
    const dryRun = { Qualifier: qualifier, InvocationType: 'DryRun' as const };
    await Promise.all(
      functionNames.map(async (name) => {
        const FunctionName = this.#options.nameOf(name);
        await this.#client.send(new InvokeCommand({ FunctionName, ...dryRun })).catch((error: Error) => {
          throw new Error(this.#problem(FunctionName, error));
        });
      }),
    );
  }

  /** Answers an Invoke request as AWS does there. */
  async answer({ name, qualifier }: FunctionRef, { headers, body }: AwsRequest): Promise<AwsResponse> {
    const FunctionName = this.#options.nameOf(name);
    const command = new InvokeCommand({
      FunctionName,
      Qualifier: qualifier,
      Payload: body,
      InvocationType: headers['x-amz-invocation-type'] as InvocationType | undefined,
      ClientContext: headers['x-amz-client-context'] as string | undefined,
    });
    try {
      const { StatusCode: status = 200, FunctionError, Payload = [] } = await this.#client.send(command);
      return {
        status,
        headers: {
          'content-type': 'application/json',
          ...(FunctionError && { 'x-amz-function-error': FunctionError }),
        },
        body: Buffer.from(Payload).toString('utf8'),
      };
    } catch (error) {
      const { name: type, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      return errorResponse({
        status: $metadata?.httpStatusCode ?? 502,
        type,
        message: this.#problem(FunctionName, error as Error),
      });
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #problem(functionName: string, error: Error): string {
    const { stage } = this.#options;
    const said = `${error.name}: ${error.message}`.replaceAll(/\s+/g, ' ');
    const [, remedy] = REMEDIES.find(([what]) => what.test(said)) ?? [];
    return `${functionName} of the deployed stage "${stage}" cannot be invoked (${said}).${remedy ? ` ${remedy}` : ''}`;
  }
}

const REMEDIES: [RegExp, string][] = [
  [/Region is missing/, 'Set AWS_REGION, or a region in your AWS profile.'],
  [/ResourceNotFound/, 'Deploy it there, or run it here too, with --only.'],
  [/AccessDenied/, 'Your AWS credentials do not allow lambda:InvokeFunction on it.'],
  [/SSO|sso|expired|ExpiredToken/, 'Sign in again, such as by "aws sso login".'],
  [
    /[Cc]redentials|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|security token/,
    'Set credentials of AWS that may invoke it, such as by AWS_PROFILE or "aws sso login".',
  ],
];
