import type { Server } from 'node:http';
import { describeSystem } from '../assembly/describe-system.ts';
import type { SystemModel } from '../assembly/model.ts';
import type { Alarm } from '../aws/alarms/alarms.ts';
import type { LambdaService } from '../aws/lambda/lambda-service.ts';
import type { Monitoring } from '../aws/monitoring.ts';
import type { Identity } from '../identity/identity.ts';
import type { Metrics } from '../logs/metrics.ts';
import type { RecentLog } from '../logs/recent-log.ts';
import type { AlarmSummary } from './developer-api.ts';
import { frontDoor } from './function-url.ts';
import { systemPages } from './pages.ts';
import { startServer } from './server.ts';
import type { WebSocketApi } from './websocket/websocket-api.ts';

export interface ServedSystem {
  /** Returns the current model. */
  model: () => SystemModel;
  lambda: LambdaService;
  monitoring: Monitoring;
  webSockets: WebSocketApi;
  identity: Identity;
  metrics: Metrics;
  recentLog: RecentLog;
  /** Directories of the pages' built files. */
  pages: Parameters<typeof systemPages>[0];
}

/** Serves a system at a port: the API and what belongs to it, the pages, and the addresses for developers. */
export function serveSystem(port: number, system: ServedSystem): Promise<Server> {
  const { model, lambda, monitoring, webSockets, identity, metrics, recentLog } = system;
  const api = frontDoor({
    url: () => model().url,
    edge: () => (model().edge.hasDistribution ? model().edge : undefined),
    invoke: (name, payload, options) => lambda.invoke(name, payload, options),
  });
  const developer = {
    restartFunctions: () => lambda.restart(),
    logOf: (requestId: string) => recentLog.linesOf(requestId),
    description: () => describeSystem(model()),
    alarms: () => monitoring.alarms.all().map(alarmSummary),
    setClockAhead: (milliseconds: number) => monitoring.clock.advance(milliseconds),
  };
  const pages = () => systemPages(system.pages);
  return startServer(port, { api, webSockets, identity, metrics, developer, pages });
}

function alarmSummary({ definition, state, reason, since }: Alarm): AlarmSummary {
  return { name: definition.name, state, reason, since };
}
