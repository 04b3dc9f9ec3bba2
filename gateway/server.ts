import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { isToldToClients, maskErrors } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import type { GatewayContext } from './context.ts';
import { SubgraphDataSource } from './subgraph-data-source.ts';
import type { Transport } from './transport.ts';

export interface GatewayOptions {
  /** The composed supergraph, SDL text. */
  supergraphSdl: string;
  /** Gives the transport for a subgraph's address. */
  transportFor: (address: string) => Transport;
  introspection: boolean;
}

/** Apollo Server over the supergraph, not started. */
export function gatewayServer({
  supergraphSdl,
  transportFor,
  introspection,
}: GatewayOptions): ApolloServer<GatewayContext> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url = '' }) => new SubgraphDataSource(name, transportFor(url)),
    logger: quietLogger,
  });
  return new ApolloServer<GatewayContext>({
    gateway,
    introspection,
    formatError: maskErrors(log),
    includeStacktraceInErrorResponses: false,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      clientMistakesAre400,
    ],
  });
}

/** Apollo Server answers 500 to some mistakes of clients, such as an operation name that the document has not. */
const clientMistakesAre400: ApolloServerPlugin<GatewayContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, errors = [] }) => {
      const isClientsFault = errors.length > 0 && errors.every(({ extensions }) => isToldToClients(extensions.code));
      if (response.http.status === 500 && isClientsFault) response.http.status = 400;
    },
  }),
};

/** Apollo Gateway tells of its start at length: only what needs attention is kept. */
const quietLogger = {
  debug: () => {},
  info: () => {},
  warn: (message: string) => log.warn(message),
  error: (message: string) => log.error(message),
};
