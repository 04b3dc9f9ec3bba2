import type { GuestResolvers, HostResolvers, UserResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import type { User as Account, Role } from '../user.ts';

const typenames = { HOST: 'Host', GUEST: 'Guest' } as const;

export const User: UserResolvers = {
  __resolveReference: async ({ id }, { userById }) => (await userById.load(id)) ?? null,
  __resolveType: ({ role }) => typenames[role],
};

export const Host: HostResolvers = {
  __resolveReference: (reference, context) => userInRole('HOST', reference.id, context),
  email: visibleEmail,
};

export const Guest: GuestResolvers = {
  __resolveReference: (reference, context) => userInRole('GUEST', reference.id, context),
  email: visibleEmail,
};

/** Returns the user if they have the role, else null: a `Host` reference does not resolve to a guest. */
async function userInRole(role: Role, id: string, { userById }: Context): Promise<Account | null> {
  const user = await userById.load(id);
  return user?.role === role ? user : null;
}

function visibleEmail({ id, email }: Account, _: unknown, { viewer }: Context): string | null {
  return viewer?.id === id ? email : null;
}
