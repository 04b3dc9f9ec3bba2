import type { WebSocketApiDefinition } from '../http/websocket/definition.ts';
import { LOCAL_ACCOUNT } from './arns.ts';

export interface LocalUrls {
  /** URL of the local AWS endpoint. */
  aws: string;
  /** URL of the API. */
  api: string;
}

/** Returns environment variables in which the URLs of a WebSocket API and of its management API are local. */
export function withLocalUrls(
  environment: Record<string, string>,
  api: WebSocketApiDefinition | undefined,
  local: LocalUrls,
): Record<string, string> {
  if (!api) return environment;
  const host = `${api.id}.execute-api.${LOCAL_ACCOUNT.region}.amazonaws.com`;
  const localized = (value: string) =>
    String(value).replace(`https://${host}`, local.aws).replace(`wss://${host}`, local.api.replace(/^http/, 'ws'));
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, localized(value)]));
}
