import { GraphQLError } from 'graphql/error/index.js';
import type { GatewayHooks } from './hooks.ts';

/**
 * Returns a hook that reads the tenant from the first label of the host name, as in `acme.api.example.com`, and sends it to
 * subgraphs in a header. A request for an unknown tenant is answered with 404.
 */
export function tenantHeader(tenants: ReadonlySet<string>, header = 'x-tenant'): Pick<GatewayHooks, 'onRequest'> {
  return {
    onRequest: (request) => {
      const [tenant = ''] = (request.http.headers.host ?? '').split('.');
      if (!tenants.has(tenant))
        throw new GraphQLError('Tenant not found.', {
          extensions: { code: 'NOT_FOUND', http: { status: 404 } },
        });
      request.forwarded = { ...request.forwarded, [header]: tenant };
    },
  };
}
