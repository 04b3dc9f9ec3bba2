import { execPath } from 'node:process';
import { Environment } from '../../local/aws/lambda/environment.ts';
import { bootstrapOf } from '../../local/aws/lambda/environments.ts';
import type { FunctionDefinition } from '../../local/aws/lambda/function-definition.ts';
import { LATEST } from '../../local/aws/lambda/function-versions.ts';
import { INIT_LIMIT } from '../../local/aws/lambda/lambda-service.ts';
import type { Children } from '../child.ts';
import { type Usage, usageOf } from '../usage.ts';

/** Measurements of one cold start. */
export interface ColdStart {
  /** Process start to first response, milliseconds. */
  firstMs: number;
  /** CPU time of the process up to the first response. */
  cpuMs: number;
  rssMb: number;
  /** Memory after the further responses, if any. */
  warmRssMb: number;
  /** Result of the handler, JSON. */
  body: string;
}

const CREDENTIALS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIABENCHMARK0000000',
  AWS_SECRET_ACCESS_KEY: 'benchmark',
};

/**
 * Starts a new execution environment, invokes it with an event, optionally several times more, and stops it. Throws the error
 * of the function.
 */
export async function coldStart(
  { definition, event }: { definition: FunctionDefinition; event: object },
  children: Children,
  more = 0,
): Promise<ColdStart> {
  let started = 0;
  let process = 0;
  let answered: (Usage & { at: number }) | undefined;
  const lines: string[] = [];
  const environment = new Environment({
    version: LATEST,
    definition,
    node: execPath,
    bootstrap: bootstrapOf(definition),
    initLimit: INIT_LIMIT,
    variables: CREDENTIALS,
    onLog: (line) => lines.push(line),
    onExit: () => {},
    onStart: () => {
      started = performance.now();
    },
    onAnswer: (pid) => {
      process = pid;
      answered ??= { at: performance.now(), ...usageOf(pid) };
    },
  });
  const stop = children.adopt(() => environment.stop());
  try {
    const invocation = {
      payload: Buffer.from(JSON.stringify(event)),
      functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${definition.name}`,
    };
    const { body, functionError } = await environment.invoke(invocation);
    if (functionError || !answered)
      throw new Error(`The Lambda "${definition.name}" failed: ${body}\n${lines.join('\n')}`);
    for (let i = 0; i < more; i++) await environment.invoke(invocation);
    const { at, cpuMs, rssMb } = answered;
    return { firstMs: at - started, cpuMs, rssMb, warmRssMb: usageOf(process).rssMb, body };
  } finally {
    await stop();
  }
}
