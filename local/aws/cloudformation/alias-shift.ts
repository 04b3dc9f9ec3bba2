import type { AliasRef, Outcome } from '../codedeploy/deployment.ts';
import type { LambdaService } from '../lambda/lambda-service.ts';
import { ResourceFailed } from './stack-error.ts';

export interface AliasShiftOptions {
  lambda: LambdaService;
  /** Moves an alias from one version to another as its CodeDeploy group says. */
  deploy: (alias: AliasRef, from: string, to: string) => Promise<Outcome>;
}

/** Versions and aliases of functions, as a deployment changes them. */
export class AliasShift {
  readonly #options: AliasShiftOptions;
  /** Functions whose aliases go on serving a published version while the function changes. */
  readonly #held = new Set<string>();

  constructor(options: AliasShiftOptions) {
    this.#options = options;
  }

  /** Called before a function changes: its aliases go on serving what they serve now. */
  hold(functionName: string): void {
    this.#held.add(functionName);
  }

  /** Whether a change of a function leaves its aliases where they are. */
  isHeld(functionName: string): boolean {
    return this.#held.has(functionName);
  }

  /** Called at the end of a deployment, with the functions of its stack. */
  release(functionNames: string[]): void {
    for (const name of functionNames) this.#held.delete(name);
  }

  /** Makes the function's present state a version; returns the version's number. */
  publish(functionName: string): string {
    this.hold(functionName);
    return this.#options.lambda.publish(functionName);
  }

  /** Moves an alias to a version, which it creates if there is none. Throws ResourceFailed if CodeDeploy went back. */
  async shift(alias: AliasRef, version: string): Promise<void> {
    const from = this.#versionOf(alias);
    if (from === version) return;
    if (from === undefined) return this.#set(alias, version);
    const outcome = await this.#options.deploy(alias, from, version);
    if (outcome.status === 'Succeeded') return;
    if (this.#versionOf(alias) !== from) this.#set(alias, from);
    const { id, status, reason } = outcome;
    throw new ResourceFailed(
      `The CodeDeploy deployment ${id} of ${alias.functionName}:${alias.alias} ended with the status ${status}. ${reason}`,
    );
  }

  /**
   * Moves an alias back at once, as in a rollback. A version that is gone is published again: the function has been changed back
   * before.
   */
  moveBack(alias: AliasRef, version: string): void {
    const isThere = this.#options.lambda.versionsOf(alias.functionName).version(version);
    this.#set(alias, isThere ? version : this.publish(alias.functionName));
  }

  /** Deletes a published version, unless an alias uses it. */
  deleteVersion(functionName: string, version: string): void {
    const { lambda } = this.#options;
    if (!lambda.has(functionName) || lambda.versionsOf(functionName).isRouted(version)) return;
    lambda.deleteVersion(functionName, version);
  }

  #versionOf({ functionName, alias }: AliasRef): string | undefined {
    return this.#options.lambda.versionsOf(functionName).aliases.get(alias)?.version;
  }

  #set({ functionName, alias }: AliasRef, version: string): void {
    this.#options.lambda.setAlias(functionName, alias, { version });
  }
}
