import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type { MemberResolvers } from '../__generated__/resolvers.ts';
import { ageKey } from '../items.ts';

export const Member: MemberResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  loans: async ({ id }, args, { loans, viewer }) => {
    const request = pageRequest(args, { identity: ['Member.loans', id], keyAttributes: ['pk', 'sk', 'ageKey'] });
    return viewer?.id === id ? connection(await loans.ofMember(id, request), request, ageKey) : null;
  },
};
