import { ApolloServer } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { handlers, startServerAndCreateLambdaHandler } from '@as-integrations/aws-lambda';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'graphql';
import { requiredEnv } from '#platform/env.ts';
import schema from '../../../test/graph/subgraphs/books/schema.graphql';

/** The library's book subgraph, written as in the documentation of Apollo Server and the AWS SDK. */
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

interface Item {
  genre: string;
  ownerId: string;
}

const resolvers = {
  Query: {
    book: async (_: unknown, { id }: { id: string }) => {
      const { Item } = await documents.send(new GetCommand({ TableName: requiredEnv('TABLE_NAME'), Key: { id } }));
      return Item;
    },
  },
  Book: {
    genre: ({ genre }: Item) => ({ id: genre }),
    owner: ({ ownerId }: Item) => ({ id: ownerId }),
  },
};

const server = new ApolloServer({ schema: buildSubgraphSchema([{ typeDefs: parse(schema), resolvers }]) });

export const handler = startServerAndCreateLambdaHandler(server, handlers.createAPIGatewayProxyEventV2RequestHandler());
