import { GraphQLError } from 'graphql/error/index.js';
import type { GatewayHooks } from './hooks.ts';

/**
 * Returns a hook that takes the tenant from the host name's first label, as in `acme.api.example.com`, and sends it to subgraphs
 * as a header. A request without a known tenant gets 404.
 */
export function tenantHeader(tenants: ReadonlySet<string>, header = 'x-tenant'): Pick<GatewayHooks, 'onRequest'> {
  return {
    onRequest: (request) => {
      const [tenant = ''] = (request.http.headers.host ?? '').split('.');
      if (!tenants.has(tenant))
        throw new GraphQLError('There is no such tenant.', {
          extensions: { code: 'NOT_FOUND', http: { status: 404 } },
        });
      request.forwarded = { ...request.forwarded, [header]: tenant };
    },
  };
}
