import { LOCAL_ACCOUNT } from '../../assembly/intrinsics.ts';

/** An event as rules match it and targets get it, https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
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
  /** Of the replay that sends it again. */
  'replay-name'?: string;
}

/** What an event is made of. */
export type EventFacts = Pick<BusEvent, 'id' | 'detail-type' | 'source' | 'resources' | 'detail'> & { time: Date };

export function busEvent({ time, ...facts }: EventFacts): BusEvent {
  return {
    version: '0',
    ...facts,
    account: LOCAL_ACCOUNT.accountId,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: LOCAL_ACCOUNT.region,
  };
}
