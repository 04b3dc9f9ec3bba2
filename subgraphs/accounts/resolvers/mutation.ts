import { badInput } from '#platform/graphql/bad-input.ts';
import { idProblem, oneLine, textProblem } from '#platform/graphql/text.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { ImportedUser, MutationResolvers } from '../__generated__/resolvers.ts';
import { signUp, type User, validationError } from '../user.ts';

const MAX_IMPORT = 500;

export const Mutation: MutationResolvers = {
  updateProfile: async (_, { input }, { viewer, users, now }) => {
    const user = await users.findOrAdd(signUp(requireViewer(viewer), now()));
    const { name, about, photo } = input;
    const changed: User = {
      ...user,
      ...(name != null && { name }),
      ...(about != null && { about }),
      ...(photo && { photo }),
    };
    const invalid = validationError(changed);
    if (invalid) return { __typename: 'ProfileInvalid', ...invalid };
    await users.save(changed);
    return { __typename: changed.role === 'HOST' ? 'Host' : 'Guest', ...changed };
  },

  importUsers: async (_, { users: rows }, { users }) => {
    if (rows.length > MAX_IMPORT) {
      throw badInput(`At most ${MAX_IMPORT} users can be imported in one call, not ${rows.length}.`);
    }
    const checked = rows.map((row) => ({ user: importedUser(row), reason: reasonToReject(importedUser(row)) }));
    const good = new Map(checked.filter(({ reason }) => !reason).map(({ user }) => [user.id, user]));
    const imported = await users.addAbsent([...good.values()]);
    return {
      imported,
      existing: good.size - imported,
      rejected: checked.flatMap(({ user, reason }) => (reason ? [{ id: user.id, reason }] : [])),
    };
  },
};

function reasonToReject(user: User): string | undefined {
  const emailProblem = textProblem(user.email, { label: 'An email', maxLength: 320 });
  return idProblem(user.id) ?? validationError(user)?.message ?? emailProblem;
}

function importedUser({ id, name, email, role, about, photo, memberSince }: ImportedUser): User {
  return { id, name: oneLine(name), email, role, memberSince, ...(about && { about }), ...(photo && { photo }) };
}
