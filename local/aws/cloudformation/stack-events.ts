import { randomUUID } from 'node:crypto';
import type { StackEvent, StackRecord } from './stack-record.ts';
import type { StackStore } from './stack-store.ts';

/** The resource type of a stack in its own events. */
const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** What an event says besides its stack. */
export type EventDetails = Pick<StackEvent, 'logicalId' | 'physicalId' | 'type' | 'status'> &
  Partial<Pick<StackEvent, 'reason' | 'properties'>>;

/** Writes the events and the status of one stack during one operation. */
export class StackEvents {
  readonly #store: StackStore;
  readonly #record: StackRecord;
  readonly #token: string | undefined;
  readonly #onEvent: (event: StackEvent) => void;

  constructor(store: StackStore, record: StackRecord, token: string | undefined, onEvent: (event: StackEvent) => void) {
    this.#store = store;
    this.#record = record;
    this.#token = token;
    this.#onEvent = onEvent;
  }

  /** Adds an event of a resource. */
  add(details: EventDetails): void {
    const { id: stackId, name: stackName } = this.#record;
    const id = details.type === STACK_TYPE ? randomUUID() : `${details.logicalId}-${randomUUID()}`;
    const event: StackEvent = { id, stackId, stackName, time: Date.now(), token: this.#token, ...details };
    this.#store.addEvent(event);
    this.#onEvent(event);
  }

  /** Sets the stack's status, with an event. */
  setStatus(status: string, reason?: string): void {
    const now = Date.now();
    Object.assign(this.#record, { status, reason, ...(status === 'DELETE_COMPLETE' && { deleted: now }) });
    this.#store.putStack(this.#record);
    this.add({ logicalId: this.#record.name, physicalId: this.#record.id, type: STACK_TYPE, status, reason });
  }
}
