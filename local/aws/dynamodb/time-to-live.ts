import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_ACCOUNT } from '../../assembly/intrinsics.ts';
import type { LocalTable } from '../../assembly/model.ts';

/** Milliseconds between two looks at all tables; AWS takes up to days. */
const INTERVAL = 30_000;

export interface TimeToLiveOptions {
  /** Where DynamoDB answers. */
  endpoint: string;
  tables: () => LocalTable[];
  /** Items of the table are gone. */
  onExpired: (tableName: string) => void;
}

/** Deletes items after the time that they have to live, which the emulator does not do by itself. */
export class TimeToLive {
  readonly #options: TimeToLiveOptions;
  readonly #client: DynamoDBClient;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(options: TimeToLiveOptions) {
    this.#options = options;
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    this.#client = new DynamoDBClient({ endpoint: options.endpoint, region: LOCAL_ACCOUNT.region, credentials });
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.sweep().catch(() => {});
    }, INTERVAL);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#sweeping;
    this.#client.destroy();
  }

  /** Deletes what has expired by now; returns how many items. */
  async sweep(): Promise<number> {
    let deleted = 0;
    for (const table of this.#options.tables()) {
      const count = table.timeToLive ? await this.#sweepTable(table, table.timeToLive) : 0;
      if (count > 0) this.#options.onExpired(table.name);
      deleted += count;
    }
    return deleted;
  }

  async #sweepTable({ name, create }: LocalTable, timeToLive: string): Promise<number> {
    const keys = (create.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
    const expired = {
      ExpressionAttributeNames: { '#ttl': timeToLive },
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.now() / 1_000)) }, ':type': { S: 'N' } },
    };
    const isExpired = 'attribute_type(#ttl, :type) AND #ttl <= :now';
    const found = paginateScan({ client: this.#client }, { TableName: name, FilterExpression: isExpired, ...expired });
    let deleted = 0;
    for await (const { Items = [] } of found) {
      for (const item of Items) {
        if (this.#isStopped) return deleted;
        const Key = Object.fromEntries(keys.flatMap((key) => (item[key] ? [[key, item[key]]] : [])));
        const command = new DeleteItemCommand({ TableName: name, Key, ConditionExpression: isExpired, ...expired });
        // An item that was given a new time meanwhile stays.
        deleted += await this.#client.send(command).then(() => 1, unlessChanged);
      }
    }
    return deleted;
  }
}

function unlessChanged(error: unknown): 0 {
  if (error instanceof ConditionalCheckFailedException) return 0;
  throw error;
}
