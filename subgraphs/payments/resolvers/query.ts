import { connection, pageRequest } from '#platform/graphql/connection.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { QueryResolvers } from '../__generated__/resolvers.ts';
import { paidKey } from '../items.ts';

export const Query: QueryResolvers = {
  wallet: (_, __, { viewer }) => ({ userId: requireViewer(viewer).id }),
  payments: async (_, args, { viewer, payments }) => {
    const { id, groups } = requireViewer(viewer);
    const role = groups.includes('host') ? 'host' : 'guest';
    const request = pageRequest(args, { identity: ['Query.payments', role, id], keyAttributes: ['paidKey'] });
    const after = request.after && String(request.after.paidKey);
    const page = await payments.ofUser(role, id, request.first, after);
    return connection(page, request, (payment) => ({ paidKey: paidKey(payment) }));
  },
};
