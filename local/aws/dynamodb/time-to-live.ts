import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import type { LocalTable } from '../../assembly/model.ts';

/** Milliseconds between sweeps; AWS deletes within a few days. */
const INTERVAL = 30_000;

export interface TimeToLiveOptions {
  /** Endpoint of DynamoDB. */
  endpoint: string;
  tables: () => LocalTable[];
  /** Called after items of a table were deleted. */
  onExpired: (tableName: string) => void;
}

/** Deletes expired items, because the emulator does not. */
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

  /** Deletes the expired items of all tables; returns their number. */
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
        // The condition keeps an item whose expiry changed after the scan.
        deleted += await this.#client.send(command).then(() => 1, ignoreChangedItem);
      }
    }
    return deleted;
  }
}

function ignoreChangedItem(error: unknown): 0 {
  if (error instanceof ConditionalCheckFailedException) return 0;
  throw error;
}
