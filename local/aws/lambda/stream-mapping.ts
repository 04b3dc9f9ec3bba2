import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamRecord, TableStream, TableStreams } from '../dynamodb/table-streams.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { InvokeResult } from './function-definition.ts';
import { type BatchPolicy, type DroppedRecords, processBatch } from './stream-batch.ts';
import { type LambdaStreamRecord, lambdaRecord } from './stream-record.ts';

/** A declared event source mapping of a table's stream. */
export interface MappingDefinition {
  /** Stable across runs: the key of its checkpoint. */
  id: string;
  functionName: string;
  qualifier: string;
  tableName: string;
  /** The template's ARN, not the emulator's. */
  streamArn: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  /** Batching window in milliseconds. */
  window: number;
  /** Concurrent batches per shard; records of one item stay in order. */
  parallelization: number;
  policy: BatchPolicy;
  /** A record is delivered if one of the filters matches, or if there are none. */
  filters: EventPattern[];
  /** Name of the queue for dropped records. */
  failureQueue: string | undefined;
}

/** Dropped records and their shard. */
export interface DroppedBatch extends DroppedRecords {
  shardId: string;
}

export interface StreamMappingOptions {
  definition: MappingDefinition;
  streams: TableStreams;
  checkpoints: Checkpoints;
  /** Returns whether the function's role may read the stream. */
  mayRead: () => boolean;
  /** Runs the function; undefined if it is throttled. */
  invoke: (payload: Buffer) => Promise<InvokeResult | undefined>;
  onDropped: (dropped: DroppedBatch) => void;
  onError: (message: string) => void;
}

/** Milliseconds between polls of a stream without known writes. */
const POLL_INTERVAL = 5_000;
const RECORDS_PER_READ = 1_000;
/** Bytes of a batch; the limit of a synchronous invocation is 6 MB. */
const MAX_PAYLOAD = 6 * 1024 * 1024 - 1_024;

/** Reads the stream of a table and invokes a function with its records in batches. */
export class StreamMapping {
  readonly #options: StreamMappingOptions;
  readonly #stopping = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: StreamMappingOptions) {
    this.#options = options;
  }

  get definition(): MappingDefinition {
    return this.#options.definition;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Polls the stream immediately. */
  wake(): void {
    this.#wake.abort();
  }

  /** Stops; the next run handles an unfinished batch again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#wake = new AbortController();
      try {
        await this.#read();
      } catch (error) {
        if (!signal.aborted) this.#options.onError(String(error));
      }
      await this.#sleep(POLL_INTERVAL);
    }
  }

  /** Reads from the checkpoint until this stops. */
  async #read(): Promise<void> {
    const { streams, checkpoints, definition, mayRead } = this.#options;
    const stream = mayRead() ? await streams.streamOf(definition.tableName) : undefined;
    if (!stream) return;
    const checkpoint = checkpoints.of(definition.id, stream.arn);
    let iterator = await streams.iterator(
      stream,
      checkpoint
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint }
        : { ShardIteratorType: definition.startingPosition },
    );
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      const { records, next } = await this.#gather(iterator);
      iterator = next;
      if (records.length > 0) await this.#process(records, stream);
      else await this.#sleep(POLL_INTERVAL);
    }
  }

  /** Returns the next records; waits up to the batching window for a full batch once there is a record. */
  async #gather(from: string): Promise<{ records: StreamRecord[]; next: string }> {
    const { streams, definition } = this.#options;
    let { records, next } = await streams.read(from, RECORDS_PER_READ);
    const end = Date.now() + definition.window;
    while (records.length > 0 && records.length < definition.batchSize && Date.now() < end) {
      await this.#sleep(Math.min(POLL_INTERVAL, end - Date.now()));
      if (this.#stopping.signal.aborted) break;
      this.#wake = new AbortController();
      const more = await streams.read(next, RECORDS_PER_READ);
      records = [...records, ...more.records];
      next = more.next;
    }
    return { records, next };
  }

  /** Handles records in batches; the checkpoint stays before the first unfinished record. */
  async #process(records: StreamRecord[], stream: TableStream): Promise<void> {
    const { definition, checkpoints } = this.#options;
    const all = records.map((record) => lambdaRecord(record, definition.streamArn));
    const matching = all.filter(
      (record) => definition.filters.length === 0 || definition.filters.some((f) => f(record)),
    );
    const pending = new Set(matching);
    const advance = (done: LambdaStreamRecord[]) => {
      for (const record of done) pending.delete(record);
      const [first] = pending;
      const last = all[(first ? all.indexOf(first) : all.length) - 1];
      if (last) checkpoints.save(definition.id, stream.arn, last.dynamodb.SequenceNumber);
    };
    advance([]);
    const lanes = splitIntoLanes(matching, definition.parallelization);
    await Promise.all(lanes.map((lane) => this.#processLane(lane, stream, advance)));
  }

  async #processLane(
    lane: LambdaStreamRecord[],
    { shardId }: TableStream,
    onDone: (records: LambdaStreamRecord[]) => void,
  ): Promise<void> {
    const { definition, invoke, onDropped } = this.#options;
    for (const batch of splitIntoBatches(lane, definition.batchSize)) {
      await processBatch(batch, {
        policy: definition.policy,
        invoke: (Records) => invoke(Buffer.from(JSON.stringify({ Records }))),
        onDone,
        onDropped: (dropped) => onDropped({ ...dropped, shardId }),
        signal: this.#stopping.signal,
      });
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#wake.signal }).catch(() => {});
  }
}

/** Splits records into lanes for concurrent processing; records of one item share a lane, in order. */
function splitIntoLanes(records: LambdaStreamRecord[], count: number): LambdaStreamRecord[][] {
  if (count === 1) return [records];
  const lanes = Array.from({ length: count }, (): LambdaStreamRecord[] => []);
  for (const record of records) {
    const [byte = 0] = createHash('md5').update(JSON.stringify(record.dynamodb.Keys)).digest();
    lanes[byte % count]?.push(record);
  }
  return lanes;
}

/** Splits records into batches by number and payload size. */
function splitIntoBatches(records: LambdaStreamRecord[], batchSize: number): LambdaStreamRecord[][] {
  const batches: LambdaStreamRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record)) + 1;
    const batch = batches.at(-1);
    bytes += size;
    if (batch && batch.length < batchSize && bytes <= MAX_PAYLOAD) batch.push(record);
    else {
      batches.push([record]);
      bytes = size;
    }
  }
  return batches;
}
