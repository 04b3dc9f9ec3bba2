import type { DeployedStacks } from './deployed-stacks.ts';
import { nameOf, type ResourceTypes } from './resource-types.ts';
import type { StackStore } from './stack-store.ts';

const TABLE = /^AWS::DynamoDB::(Global)?Table$/;

/** The names of resources, which no other resource of their type may have. */
export class TakenNames {
  readonly #store: StackStore;
  readonly #stacks: DeployedStacks;
  readonly #types: ResourceTypes;

  constructor(store: StackStore, stacks: DeployedStacks, types: ResourceTypes) {
    this.#store = store;
    this.#stacks = stacks;
    this.#types = types;
  }

  /** Returns the names of all resources of a type but one, those that deleted stacks left included. */
  of(type: string, excepted: { stackId: string; logicalId: string }): (string | undefined)[] {
    const live = this.#store.stacks().filter(({ status }) => status !== 'DELETE_COMPLETE');
    const names = live.flatMap((record) => {
      const resolver = this.#stacks.resolverOf(this.#stacks.running(record));
      const isExcepted = (id: string) => record.id === excepted.stackId && id === excepted.logicalId;
      return this.#store
        .resources(record.id)
        .filter((state) => isSameType(state.type, type) && !isExcepted(state.logicalId))
        .filter(({ status }) => !/^CREATE_(FAILED|IN_PROGRESS)$/.test(status))
        .map(({ definition }) => nameOf(this.#types[type], resolver.properties(definition)));
    });
    const left = this.#store.retained().filter((state) => isSameType(state.type, type));
    return [...names, ...left.map(({ definition }) => nameOf(this.#types[type], definition.Properties ?? {}))];
  }
}

/** Tables and global tables share their names. */
function isSameType(one: string, other: string): boolean {
  return one === other || (TABLE.test(one) && TABLE.test(other));
}
