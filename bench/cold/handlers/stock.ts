import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { handlers, startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import supergraphSdl from 'supergraph.graphql';

/** Apollo Server and Apollo Gateway in a Lambda, https://www.apollographql.com/docs/apollo-server/deployment/lambda */
const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });

export const handler = startServerAndCreateLambdaHandler(server, handlers.createAPIGatewayProxyEventV2RequestHandler());
