import { requireViewer } from '#platform/graphql/viewer.ts';
import type { Resolvers } from '../__generated__/resolvers.ts';
import { isValidName, join } from '../member.ts';

export const resolvers: Resolvers = {
  Query: {
    me: (_, __, { viewer, members }) => (viewer ? members.findOrAdd(join(viewer)) : null),
    member: async (_, { id }, { memberById }) => (await memberById.load(id)) ?? null,
  },
  Mutation: {
    rename: async (_, { name }, { viewer, members }) => {
      const member = await members.findOrAdd(join(requireViewer(viewer)));
      if (!isValidName(name)) return { __typename: 'NameInvalid', message: 'A name has 1 to 100 characters.' };
      const renamed = { ...member, name };
      await members.save(renamed);
      return { __typename: 'Member', ...renamed };
    },
  },
  Member: {
    __resolveReference: async ({ id }, { memberById }) => (await memberById.load(id)) ?? null,
    email: ({ id, email }, _, { viewer }) => (viewer?.id === id ? email : null),
  },
};
