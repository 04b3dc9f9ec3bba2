import { join } from 'node:path';
import type { FunctionDefinition } from '../local/aws/lambda/function-definition.ts';
import { LambdaService, type LambdaServiceOptions } from '../local/aws/lambda/lambda-service.ts';

/** A Lambda service whose functions are in `test/functions/`. */
export class TestLambda {
  readonly service: LambdaService;
  /** `name line` of each line that a function wrote. */
  readonly lines: string[] = [];
  #count = 0;

  constructor(options: Partial<LambdaServiceOptions> = {}) {
    this.service = new LambdaService({
      maxConcurrency: 10,
      variablesFor: () => ({ AWS_REGION: 'us-east-1' }),
      functionArn: (name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      onLog: (name, line) => this.lines.push(`${name} ${line}`),
      ...options,
    });
  }

  /** Adds a function, `behaviour.echo` or another, and returns its name: a new one unless it is given. */
  put(handler: string, options: Partial<FunctionDefinition> = {}): string {
    const name = options.name ?? `f${++this.#count}`;
    this.service.put({
      name,
      handler,
      codeDirectory: join(import.meta.dirname, 'functions'),
      memory: 256,
      timeout: 10_000,
      environment: {},
      qualifiers: ['$LATEST', 'live'],
      ...options,
    });
    return name;
  }

  /** Runs a function; its answer is parsed. */
  async call(name: string, event: unknown = {}) {
    const { body, ...result } = await this.service.invoke(name, Buffer.from(JSON.stringify(event)));
    // biome-ignore lint/suspicious/noExplicitAny: what a test's function answers, the test knows
    return { ...result, answer: JSON.parse(body) as any };
  }
}
