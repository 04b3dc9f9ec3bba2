import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';

/** A declared WebSocket API with its stage. */
export interface WebSocketApiDefinition {
  id: string;
  stage: string;
  /** Member of a message whose value selects the route, such as `action`. */
  selector: string;
  /** Functions by route key. */
  routes: Record<string, WebSocketIntegration>;
}

/** The function of a route. */
export interface WebSocketIntegration {
  arn: string;
  functionName: string;
  qualifier: string;
  /** Milliseconds. */
  timeout: number;
}

/** Keys of routes that no message selects. */
const CONNECTION_ROUTES = ['$connect', '$disconnect'];

/** Returns the key of a message's route. https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html */
export function routeKeyOf({ selector, routes }: WebSocketApiDefinition, body: string): string {
  const selected = memberOf(body, selector);
  const isRoute = typeof selected === 'string' && selected in routes && !CONNECTION_ROUTES.includes(selected);
  return isRoute ? selected : '$default';
}

/** Returns the ARN of a route or connection of an API's stage. */
export function executeApiArn({ id, stage }: Pick<WebSocketApiDefinition, 'id' | 'stage'>, resource: string): string {
  return `arn:aws:execute-api:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:${id}/${stage}/${resource}`;
}

/** Returns a member of a JSON object by its path; undefined if the text is no JSON object. */
function memberOf(text: string, path: string): unknown {
  try {
    return path
      .split('.')
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], JSON.parse(text));
  } catch {
    return undefined;
  }
}
