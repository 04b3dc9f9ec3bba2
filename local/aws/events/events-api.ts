import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService, inputOf, operationOf, runOperation } from '../aws-service.ts';
import type { EventBuses } from './event-bus.ts';
import { busNamesOf, putEvents } from './put-events.ts';
import type { Replay, Replays } from './replays.ts';

type Input = Record<string, unknown>;

const MILLISECONDS = 1_000;

/** EventBridge over its JSON protocol, https://docs.aws.amazon.com/eventbridge/latest/APIReference/ */
export class EventsApi implements AwsService {
  readonly #buses: EventBuses;
  readonly #replays: Replays;

  constructor(buses: EventBuses, replays: Replays) {
    this.#buses = buses;
    this.#replays = replays;
  }

  accesses(request: AwsRequest): Access[] {
    const input = inputOf(request);
    const action = `events:${operationOf(request)}`;
    if (action === 'events:PutEvents')
      return busNamesOf(input).map((name) => ({ action, resource: arn('event-bus', name) }));
    if (typeof input.ReplayName === 'string') return [{ action, resource: arn('replay', input.ReplayName) }];
    return [{ action, resource: typeof input.ArchiveName === 'string' ? arn('archive', input.ArchiveName) : '*' }];
  }

  handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    return runOperation(this.#operations, request);
  }

  readonly #operations: Parameters<typeof runOperation>[0] = {
    PutEvents: (input) => putEvents(this.#buses, input),
    DescribeArchive: ({ ArchiveName }) => {
      const { name, arn: ArchiveArn } = this.#archive(ArchiveName);
      const { events, bytes } = this.#buses.archive.stats(name);
      return { ArchiveName: name, ArchiveArn, State: 'ENABLED', EventCount: events, SizeBytes: bytes };
    },
    StartReplay: (input) => {
      const { startedAt, name, state } = this.#replays.start(this.#replayRequest(input));
      return { ReplayArn: arn('replay', name), State: state, ReplayStartTime: startedAt / MILLISECONDS };
    },
    DescribeReplay: ({ ReplayName }) => toDescription(this.#replay(ReplayName)),
  };

  #replayRequest({ ReplayName, EventSourceArn, EventStartTime, EventEndTime, Destination }: Input) {
    const name = String(ReplayName);
    if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name))
      throw invalid('ReplayName', 'It must have 1 to 64 of the characters . - _ A-Z a-z 0-9.');
    const { Arn, FilterArns } = (Destination ?? {}) as { Arn?: unknown; FilterArns?: unknown };
    const archive = this.#archive(EventSourceArn);
    const bus = this.#buses.find(String(Arn));
    if (bus?.name !== archive.busName) throw invalid('Destination.Arn', 'It must be the bus of the archive.');
    const [start, end] = [Number(EventStartTime) * MILLISECONDS, Number(EventEndTime) * MILLISECONDS];
    if (!(start < end)) throw invalid('EventEndTime', 'It must be after EventStartTime.');
    const rules = Array.isArray(FilterArns) ? FilterArns.map(String) : [];
    return { name, archive: archive.name, busName: bus.name, rules, start, end };
  }

  #archive(nameOrArn: unknown) {
    const archive = this.#buses.findArchive(String(nameOrArn));
    if (archive) return archive;
    throw new AwsError('ResourceNotFoundException', `Archive ${nameOrArn} does not exist.`);
  }

  #replay(name: unknown): Replay {
    const replay = this.#replays.find(String(name));
    if (replay) return replay;
    throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
  }
}

function toDescription(replay: Replay): object {
  return {
    ReplayName: replay.name,
    ReplayArn: arn('replay', replay.name),
    State: replay.state,
    EventStartTime: replay.start / MILLISECONDS,
    EventEndTime: replay.end / MILLISECONDS,
    ReplayStartTime: replay.startedAt / MILLISECONDS,
    ...(replay.endedAt > 0 && { ReplayEndTime: replay.endedAt / MILLISECONDS }),
    ...(replay.lastEventTime > 0 && { EventLastReplayedTime: replay.lastEventTime / MILLISECONDS }),
  };
}

function invalid(parameter: string, reason: string): AwsError {
  return new AwsError('ValidationException', `Parameter ${parameter} is not valid. ${reason}`);
}

function arn(kind: string, nameOrArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:aws:events:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${kind}/${nameOrArn}`;
}
