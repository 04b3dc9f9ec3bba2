import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { SUBSCRIPTION_FUNCTIONS } from '#platform/function-names.ts';
import type { Settings } from '../settings.ts';
import type { SubscribedEvents } from '../subscribed-fields.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { subscribeToEvents } from './event-subscription.ts';
import { ServiceFunction } from './service-function.ts';
import { ServiceTable } from './service-table.ts';
import { WebSocketDoor } from './websocket-door.ts';

/** MiB; the functions that run operations have the gateway's. */
const FAN_OUT_MEMORY = 512;
/** Seconds: API Gateway waits 29 s. */
const CONNECTIONS_TIMEOUT = 29;
const FAN_OUT_TIMEOUT = 30;
/** Seconds: 10,000 subscribers of one topic take some 10, since DynamoDB writes 1,000 items of a partition a second. */
const DELIVERY_TIMEOUT = 60;

const [CONNECTIONS, FAN_OUT, DELIVERY] = SUBSCRIPTION_FUNCTIONS;

export interface SubscriptionsProps {
  settings: Settings;
  events: SubscribedEvents;
  /** Memory of the functions that run operations, MiB. */
  memory: number;
  /** Gives a function what it needs to run operations. */
  runOperations: (service: ServiceFunction) => void;
}

/**
 * Subscriptions over WebSockets, without a process that holds them:
 *
 * - `gateway-connections` handles the clients' messages, and stores connections and subscriptions in a table;
 * - `gateway-fan-out` gets the services' events, and queues each for the topics that have subscribers;
 * - `gateway-delivery` takes them from the queue, runs the subscribers' operations and sends the results.
 */
export class Subscriptions extends Construct {
  /** Address for clients. */
  readonly url: string;
  /** Functions that run operations. */
  readonly operationServices: ServiceFunction[];
  readonly charts: IWidget[];

  constructor(scope: Construct, id: string, { settings, events, memory, runOperations }: SubscriptionsProps) {
    super(scope, id);
    const connections = new ServiceFunction(this, 'Connections', {
      settings,
      service: CONNECTIONS,
      memory,
      timeout: CONNECTIONS_TIMEOUT,
      reservedConcurrency: settings.subscriptions.connectionConcurrency,
    });
    const fanOut = new ServiceFunction(this, 'FanOut', {
      settings,
      service: FAN_OUT,
      memory: FAN_OUT_MEMORY,
      timeout: FAN_OUT_TIMEOUT,
    });
    const delivery = new ServiceFunction(this, 'Delivery', {
      settings,
      service: DELIVERY,
      memory,
      timeout: DELIVERY_TIMEOUT,
    });
    this.operationServices = [connections, delivery];
    for (const service of this.operationServices) runOperations(service);

    const table = connectionTable(this, settings);
    table.grant(connections, ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], TABLE_VARIABLE);
    table.grant(fanOut, ['Query'], TABLE_VARIABLE);
    table.grant(delivery, ['Query', 'GetItem', 'UpdateItem', 'DeleteItem'], TABLE_VARIABLE);

    const door = new WebSocketDoor(this, 'Door', settings);
    door.addRoutes(connections);
    for (const service of this.operationServices) door.grantConnections(service, ['POST', 'DELETE']);

    const queue = new DeliveryQueue(this, 'Deliveries', { settings, consumer: delivery, timeout: DELIVERY_TIMEOUT });
    queue.grantSend(fanOut);
    subscribeToEvents(this, { settings, name: FAN_OUT, consumer: fanOut, events });
    this.url = door.url;
    this.charts = [...door.charts(), ...queue.charts()];
  }
}

const TABLE_VARIABLE = 'CONNECTION_TABLE';

/** Table of connections and subscriptions. All items expire, so it goes with the stack. */
function connectionTable(scope: Construct, settings: Settings): ServiceTable {
  return new ServiceTable(scope, 'Table', {
    settings,
    service: CONNECTIONS,
    config: { partitionKey: 'pk', sortKey: 'sk', access: { service: [] } },
    hasStream: false,
    isTransient: true,
  });
}
