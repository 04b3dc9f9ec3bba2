import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { StreamRecord, TableStream, TableStreams } from '../dynamodb/table-streams.ts';
import type { EventPattern } from '../events/event-pattern.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { InvokeResult } from './function-definition.ts';
import { type BatchPolicy, type DroppedRecords, processBatch } from './stream-batch.ts';
import { type LambdaStreamRecord, lambdaRecord } from './stream-record.ts';

/** An event source mapping of a table's stream, as the template declares it. */
export interface MappingDefinition {
  /** Names it for good: its checkpoint is kept by this. */
  id: string;
  functionName: string;
  qualifier: string;
  tableName: string;
  /** As the template has it. */
  streamArn: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  /** Milliseconds that records are gathered for. */
  window: number;
  /** Batches of one shard at once; records of one item stay in order. */
  parallelization: number;
  policy: BatchPolicy;
  /** A record that none of these matches is left out; no filter leaves out none. */
  filters: EventPattern[];
  /** Name of the queue for records that are given up. */
  failureQueue: string | undefined;
}

/** Records that were given up, and the shard they are of. */
export interface DroppedBatch extends DroppedRecords {
  shardId: string;
}

export interface StreamMappingOptions {
  definition: MappingDefinition;
  streams: TableStreams;
  checkpoints: Checkpoints;
  /** Whether the function's role lets Lambda read the stream. */
  mayRead: () => boolean;
  /** Runs the function; undefined where it is throttled. */
  invoke: (payload: Buffer) => Promise<InvokeResult | undefined>;
  onDropped: (dropped: DroppedBatch) => void;
  onError: (message: string) => void;
}

/** Milliseconds between looks at a stream that nobody was seen to write to. */
const IDLE = 5_000;
const RECORDS_PER_READ = 1_000;
/** Bytes of a batch: a synchronous invocation takes 6 MB. */
const MAX_PAYLOAD = 6 * 1024 * 1024 - 1_024;

/** Reads the stream of a table and gives its records to a function, batch by batch. */
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

  /** Looks at the stream at once. */
  wake(): void {
    this.#wake.abort();
  }

  /** Stops; a batch that is being handled is handled again by the next run. */
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
      await this.#rest(IDLE);
    }
  }

  /** Reads on from the checkpoint for as long as this runs. */
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
      else await this.#rest(IDLE);
    }
  }

  /** The next records: those that are there, or what comes within the window until a batch is full. */
  async #gather(from: string): Promise<{ records: StreamRecord[]; next: string }> {
    const { streams, definition } = this.#options;
    let { records, next } = await streams.read(from, RECORDS_PER_READ);
    const end = Date.now() + definition.window;
    while (records.length > 0 && records.length < definition.batchSize && Date.now() < end) {
      await this.#rest(Math.min(IDLE, end - Date.now()));
      if (this.#stopping.signal.aborted) break;
      this.#wake = new AbortController();
      const more = await streams.read(next, RECORDS_PER_READ);
      records = [...records, ...more.records];
      next = more.next;
    }
    return { records, next };
  }

  /** Handles records in batches; the checkpoint follows the first that is not done yet. */
  async #process(records: StreamRecord[], stream: TableStream): Promise<void> {
    const { definition, checkpoints } = this.#options;
    const all = records.map((record) => lambdaRecord(record, definition.streamArn));
    const wanted = all.filter((record) => definition.filters.length === 0 || definition.filters.some((f) => f(record)));
    const pending = new Set(wanted);
    const advance = (done: LambdaStreamRecord[]) => {
      for (const record of done) pending.delete(record);
      const [first] = pending;
      const last = all[(first ? all.indexOf(first) : all.length) - 1];
      if (last) checkpoints.save(definition.id, stream.arn, last.dynamodb.SequenceNumber);
    };
    advance([]);
    const lanes = inLanes(wanted, definition.parallelization);
    await Promise.all(lanes.map((lane) => this.#processLane(lane, stream, advance)));
  }

  async #processLane(
    lane: LambdaStreamRecord[],
    { shardId }: TableStream,
    onDone: (records: LambdaStreamRecord[]) => void,
  ): Promise<void> {
    const { definition, invoke, onDropped } = this.#options;
    for (const batch of inBatches(lane, definition.batchSize)) {
      await processBatch(batch, {
        policy: definition.policy,
        invoke: (Records) => invoke(Buffer.from(JSON.stringify({ Records }))),
        onDone,
        onDropped: (dropped) => onDropped({ ...dropped, shardId }),
        signal: this.#stopping.signal,
      });
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#wake.signal }).catch(() => {});
  }
}

/** Splits records so that those of one item share a lane, in order. */
function inLanes(records: LambdaStreamRecord[], count: number): LambdaStreamRecord[][] {
  if (count === 1) return [records];
  const lanes = Array.from({ length: count }, (): LambdaStreamRecord[] => []);
  for (const record of records) {
    const [byte = 0] = createHash('md5').update(JSON.stringify(record.dynamodb.Keys)).digest();
    lanes[byte % count]?.push(record);
  }
  return lanes;
}

/** Cuts records into batches by number and by size. */
function inBatches(records: LambdaStreamRecord[], batchSize: number): LambdaStreamRecord[][] {
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
