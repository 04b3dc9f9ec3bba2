import { type InvocationType, InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { errorResponse } from '../aws-service.ts';
import type { FunctionRef } from './function-ref.ts';

/** The stage where functions that do not run here are deployed. */
export interface DeployedOptions {
  /** Stage name, for messages. */
  stage: string;
  /** Returns the deployed name of a local function. */
  nameOf: (functionName: string) => string;
  /** Defaults to the AWS SDK's credential chain and region. */
  client?: LambdaClientConfig;
}

/** Invokes functions deployed in AWS with the operator's credentials. */
export class DeployedFunctions {
  readonly #options: DeployedOptions;
  readonly #client: LambdaClient;

  constructor(options: DeployedOptions) {
    this.#options = options;
    this.#client = new LambdaClient(options.client ?? {});
  }

  /** Throws a one-line error if one of the functions does not exist or may not be invoked. */
  async check(functionNames: string[], qualifier: string): Promise<void> {
    const dryRun = { Qualifier: qualifier, InvocationType: 'DryRun' as const };
    await Promise.all(
      functionNames.map(async (name) => {
        const FunctionName = this.#options.nameOf(name);
        await this.#client.send(new InvokeCommand({ FunctionName, ...dryRun })).catch((error: Error) => {
          throw new Error(this.#errorMessage(FunctionName, error));
        });
      }),
    );
  }

  /** Forwards an Invoke request to the deployed function. */
  async invoke({ name, qualifier }: FunctionRef, { headers, body }: AwsRequest): Promise<AwsResponse> {
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
        message: this.#errorMessage(FunctionName, error as Error),
      });
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #errorMessage(functionName: string, error: Error): string {
    const { stage } = this.#options;
    const cause = `${error.name}: ${error.message}`.replaceAll(/\s+/g, ' ');
    const [, remedy] = REMEDIES.find(([pattern]) => pattern.test(cause)) ?? [];
    return `${functionName} of the deployed stage "${stage}" cannot be invoked (${cause}).${remedy ? ` ${remedy}` : ''}`;
  }
}

const REMEDIES: [RegExp, string][] = [
  [/Region is missing/, 'Set AWS_REGION, or a region in your AWS profile.'],
  [/ResourceNotFound/, 'Deploy it, or run it here by adding it to --only.'],
  [/AccessDenied/, 'Your AWS credentials do not allow lambda:InvokeFunction on it.'],
  [/SSO|sso|expired|ExpiredToken/, 'Sign in again, for example with "aws sso login".'],
  [
    /[Cc]redentials|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|security token/,
    'Set AWS credentials that may invoke it, for example with AWS_PROFILE or "aws sso login".',
  ],
];
