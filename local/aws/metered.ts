import type { AwsRequest, AwsResponse } from './aws-request.ts';
import { type AwsService, inputOf, operationOf } from './aws-service.ts';

/** Billed use of a table or bus by one call of a function. */
export interface Usage {
  functionName: string;
  tables: TableUnits[];
  /** Events put on a bus. */
  events: { source: string; type: string; bytes: number }[];
}

export interface TableUnits {
  table: string;
  readUnits: number;
  writeUnits: number;
}

interface Capacity {
  TableName?: string;
  CapacityUnits?: number;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/** Returns a service that reports the use of tables and buses by functions; the same service without a listener. */
export function metered(service: AwsService, onUsage?: (usage: Usage) => void): AwsService {
  if (!onUsage) return service;
  return {
    accesses: (request) => service.accesses(request),
    handle: async (request, functionName) => {
      const operation = operationOf(request);
      const isTableCall = READS.has(operation) || WRITES.has(operation);
      const response = await service.handle(isTableCall ? withCapacity(request) : request, functionName);
      if (functionName && response?.status === 200)
        onUsage({
          functionName,
          tables: isTableCall ? unitsOf(response, READS.has(operation)) : [],
          events: operation === 'PutEvents' ? eventsOf(request) : [],
        });
      return response;
    },
  };
}

/** Returns the request with an order for the consumed capacity, which costs nothing. */
function withCapacity(request: AwsRequest): AwsRequest {
  const body = Buffer.from(JSON.stringify({ ReturnConsumedCapacity: 'TOTAL', ...inputOf(request) }));
  return { ...request, headers: { ...request.headers, 'content-length': String(body.length) }, body };
}

function unitsOf({ body }: AwsResponse, isRead: boolean): TableUnits[] {
  const { ConsumedCapacity = [] } = JSON.parse(body.toString()) as { ConsumedCapacity?: Capacity | Capacity[] };
  return [ConsumedCapacity].flat().map(({ TableName = '', CapacityUnits = 0 }) => ({
    table: TableName,
    readUnits: isRead ? CapacityUnits : 0,
    writeUnits: isRead ? 0 : CapacityUnits,
  }));
}

function eventsOf(request: AwsRequest): Usage['events'] {
  const { Entries = [] } = inputOf(request) as { Entries?: { Source: string; DetailType: string; Detail: string }[] };
  return Entries.map(({ Source, DetailType, Detail }) => ({
    source: Source,
    type: DetailType,
    bytes: Buffer.byteLength(Source + DetailType + Detail),
  }));
}
