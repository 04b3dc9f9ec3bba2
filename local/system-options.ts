import type { DeniedCall } from './aws/aws-endpoint.ts';
import type { Clock } from './aws/clock.ts';
import type { DeployedFunctions } from './aws/lambda/deployed-functions.ts';
import type { FunctionDefinition, InvokeResult } from './aws/lambda/function-definition.ts';
import type { Usage } from './aws/metered.ts';

export interface SystemOptions {
  /** Directory of the cloud assembly. */
  assembly: string;
  /** Directory of the data kept between runs. */
  data: string;
  /** Directory of the explorer's built files. */
  explorer: string;
  /** Directory of the web client's built files; not served by default. */
  webClient?: string;
  /** Port of the API; 0 picks a free one. */
  port: number;
  /** Deletes the data of earlier runs first. */
  fresh?: boolean;
  /** URL of a running DynamoDB to use instead of starting one. */
  dynamoDbEndpoint?: string | undefined;
  onLog: (functionName: string, line: string) => void;
  /** Returns a log line with positions in the source; unchanged by default. */
  mapLine?: (line: string) => string;
  /** Returns how to grant a denied call; undefined if unknown. */
  grantHint?: (call: DeniedCall) => string | undefined;
  /** Runs some of the functions here; the others are invoked in a deployed stage. */
  part?: { runs: (functionName: string) => boolean; deployed: DeployedFunctions };
  /** Secrets Manager values by name, for environment variables that reference them. */
  secrets?: Record<string, string>;
  /** Maximum execution environments of a function; 10 by default. Further calls wait. */
  maxConcurrency?: number;
  /** Called after each invocation of a function. */
  onInvoked?: (definition: FunctionDefinition, result: InvokeResult) => void;
  /** Called with lines for the operator: alarms that fire, progress of deployments. */
  onNotice?: (line: string) => void;
  /** Clock of alarms and deployments; the machine's by default. */
  clock?: Clock;
  /** Called for each call of a table or bus by a function, with what AWS would bill. */
  onUsage?: (usage: Usage) => void;
}
