import { type IdempotencyKey, idempotencyKeyProblem } from '#platform/dynamodb/idempotency.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { MoneyInput, MutationResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { depositError, depositMovement } from '../ledger.ts';
import { fundsAddedEvent } from '../payment-events.ts';

export const Mutation: MutationResolvers = {
  addFunds: async (_, { input: { amount, idempotencyKey } }, context) => {
    const { id: userId } = requireViewer(context.viewer);
    const keyError = idempotencyKeyProblem(idempotencyKey);
    if (keyError) return { __typename: 'FundsInvalid', field: 'idempotencyKey', message: keyError };
    const invalid = depositError(amount);
    if (invalid) return { __typename: 'FundsInvalid', ...invalid };
    const key = { owner: userId, key: idempotencyKey, input: [amount.amount, amount.currency] };
    return (await earlierResult(context, key)) ?? (await addDeposit(context, amount, key));
  },
};

/** Returns the result of the key's first use, if any. */
async function earlierResult({ wallets }: Context, key: IdempotencyKey) {
  const before = await wallets.previousUse(key);
  if (!before) return undefined;
  return before.sameInput ? walletResult(key.owner) : KEY_REUSED;
}

async function addDeposit(context: Context, amount: MoneyInput, key: IdempotencyKey) {
  const { wallets, newId, now, requestId } = context;
  const time = now();
  const movement = depositMovement(key.owner, amount.amount, { id: newId(), now: time });
  const event = fundsAddedEvent(movement.id, key.owner, amount, { time, requestId });
  const outcome = await wallets.add(movement, key, event, time);
  if (outcome === 'WALLET_FULL') return WALLET_FULL;
  return outcome === 'ADDED' ? walletResult(key.owner) : ((await earlierResult(context, key)) ?? KEY_REUSED);
}

const walletResult = (userId: string) => ({ __typename: 'Wallet', userId }) as const;

const KEY_REUSED = {
  __typename: 'IdempotencyKeyReused',
  message: 'This idempotency key was used for another amount. Send a new one.',
} as const;
const WALLET_FULL = { __typename: 'WalletFull', message: 'The balance of a wallet cannot exceed $1,000,000.' } as const;
