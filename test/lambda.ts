import { join } from 'node:path';
import type { FunctionDefinition } from '../local/aws/lambda/function-definition.ts';
import { LambdaService, type LambdaServiceOptions } from '../local/aws/lambda/lambda-service.ts';

/** Lambda service for the functions in `test/functions/`. */
export class TestLambda {
  readonly service: LambdaService;
  /** Log lines of all functions, each after its function's name. */
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

  /** Adds a function, such as `behaviour.echo`; returns its name, which is new unless given. */
  put(handler: string, options: Partial<FunctionDefinition> = {}): string {
    const name = options.name ?? `f${++this.#count}`;
    this.service.put(this.#definition(name, handler, options));
    return name;
  }

  /** Replaces the code of a function and publishes it, without moving its alias; returns the version. */
  publish(name: string, handler: string, options: Partial<FunctionDefinition> = {}): string {
    this.service.update(this.#definition(name, handler, options));
    return this.service.publish(name);
  }

  #definition(name: string, handler: string, options: Partial<FunctionDefinition>): FunctionDefinition {
    return {
      name,
      handler,
      codeDirectory: join(import.meta.dirname, 'functions'),
      memory: 256,
      timeout: 10_000,
      environment: {},
      aliases: ['live'],
      ...options,
    };
  }

  /** Invokes a function, by an alias or version if given; parses its response. */
  async call(name: string, event: unknown = {}, qualifier?: string) {
    const { body, ...result } = await this.service.invoke(name, Buffer.from(JSON.stringify(event)), { qualifier });
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the response of its function
    return { ...result, answer: JSON.parse(body) as any };
  }
}
