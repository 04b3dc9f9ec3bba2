import { type DocumentNode, execute, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { subgraphSchemas } from './graph.ts';

/** More than the distinct requests of all gateways. */
const MOST_KEPT = 50_000;

interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/**
 * Returns a responder for the four subgraphs. graphql-js executes each request once; the response is cached, so that subgraphs
 * cost little, and the same, for each gateway.
 */
export function subgraphAnswers(): (path: string, body: string) => Buffer | Promise<Buffer> {
  const schemas = subgraphSchemas();
  const kept = new LRUCache<string, Buffer>({ max: MOST_KEPT });
  const documents = new Map<string, DocumentNode>();

  async function workOut(path: string, body: string): Promise<Buffer> {
    const schema = schemas.get(path.slice(1));
    if (!schema) throw new Error(`There is no subgraph at ${path}`);
    const { query, operationName, variables } = JSON.parse(body) as SubgraphRequest;
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const result = await execute({ schema, document, operationName, variableValues: variables });
    return Buffer.from(JSON.stringify(result));
  }

  return (path, body) => {
    const key = path + body;
    const known = kept.get(key);
    if (known) return known;
    return workOut(path, body).then((answer) => {
      kept.set(key, answer);
      return answer;
    });
  };
}
