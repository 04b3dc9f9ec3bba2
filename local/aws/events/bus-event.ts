import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';

/** Event that rules match and targets receive, https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** RFC 3339, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
  /** Name of the replay that sent it. */
  'replay-name'?: string;
}

/** Caller-supplied members of an event. */
export type EventInput = Pick<BusEvent, 'id' | 'detail-type' | 'source' | 'resources' | 'detail'> & { time: Date };

/** Returns an event of the local account. */
export function busEvent({ time, ...input }: EventInput): BusEvent {
  return {
    version: '0',
    ...input,
    account: LOCAL_ACCOUNT.accountId,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_ACCOUNT.region,
  };
}
