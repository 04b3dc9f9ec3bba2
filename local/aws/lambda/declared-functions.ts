import { isDeepStrictEqual } from 'node:util';
import type { LocalFunction } from '../../assembly/model.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LambdaService } from './lambda-service.ts';

/** Keeps the running functions as the templates declare them; a function whose settings did not change goes on. */
export class DeclaredFunctions {
  readonly #lambda: LambdaService;
  readonly #isHeld: (functionName: string) => boolean;
  /** Settings as they were put last, by name. */
  readonly #settings = new Map<string, unknown>();

  /** `isHeld` returns whether a deployment moves a function's aliases itself. */
  constructor(lambda: LambdaService, isHeld: (functionName: string) => boolean) {
    this.#lambda = lambda;
    this.#isHeld = isHeld;
  }

  /** Adds, replaces and removes functions until they are the declared ones. */
  putAll(definitions: LocalFunction[]): void {
    for (const definition of definitions) {
      const { name } = definition;
      if (!this.#lambda.has(name) || !isDeepStrictEqual(this.#settings.get(name), settingsOf(definition)))
        this.put(definition);
      const removed = [...this.#lambda.versionsOf(name).aliases.keys()].filter(
        (alias) => !definition.aliases.includes(alias),
      );
      // An alias that a deployment has just made is declared after it.
      if (!this.#isHeld(name)) for (const alias of removed) this.#lambda.deleteAlias(name, alias);
    }
    this.#lambda.keepOnly(new Set(definitions.map(({ name }) => name)));
  }

  /** Adds or replaces a function, with its aliases unless a deployment moves them. */
  put(definition: LocalFunction): void {
    const { name } = definition;
    this.#settings.set(name, settingsOf(definition));
    if (this.#isHeld(name) && this.#lambda.has(name)) this.#lambda.update(definition);
    else this.#lambda.put(definition);
  }
}

/** Returns the settings that need new environments when they change. */
function settingsOf({
  policies: _,
  aliases: __,
  deadLetterQueue: ___,
  ...settings
}: LocalFunction): Omit<FunctionDefinition, 'aliases'> {
  return structuredClone(settings);
}
