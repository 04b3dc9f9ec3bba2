import { type IdempotencyKey, idempotencyKeyProblem } from '#platform/dynamodb/idempotency.ts';
import { requireViewer } from '#platform/graphql/viewer.ts';
import type { MoneyInput, MutationResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { brokenFundingRule, funding } from '../ledger.ts';
import { fundsAddedEvent } from '../payment-events.ts';

export const Mutation: MutationResolvers = {
  addFunds: async (_, { input: { amount, idempotencyKey } }, context) => {
    const { id: userId } = requireViewer(context.viewer);
    const brokenKey = idempotencyKeyProblem(idempotencyKey);
    if (brokenKey) return { __typename: 'FundsInvalid', field: 'idempotencyKey', message: brokenKey };
    const broken = brokenFundingRule(amount);
    if (broken) return { __typename: 'FundsInvalid', ...broken };
    const key = { owner: userId, key: idempotencyKey, input: [amount.amount, amount.currency] };
    return (await addedBefore(context, key)) ?? (await addNow(context, amount, key));
  },
};

/** The wallet, if the key has been used already. */
async function addedBefore({ wallets }: Context, key: IdempotencyKey) {
  const before = await wallets.previousUse(key);
  if (!before) return undefined;
  return before.sameInput ? walletResult(key.owner) : KEY_REUSED;
}

async function addNow(context: Context, amount: MoneyInput, key: IdempotencyKey) {
  const { wallets, newId, now, requestId } = context;
  const time = now();
  const movement = funding(key.owner, amount.amount, { id: newId(), now: time });
  const event = fundsAddedEvent(movement.id, key.owner, amount, { time, requestId });
  const outcome = await wallets.add(movement, key, event, time);
  if (outcome === 'WALLET_FULL') return WALLET_FULL;
  return outcome === 'ADDED' ? walletResult(key.owner) : ((await addedBefore(context, key)) ?? KEY_REUSED);
}

const walletResult = (userId: string) => ({ __typename: 'Wallet', userId }) as const;

const KEY_REUSED = {
  __typename: 'IdempotencyKeyReused',
  message: 'This idempotency key was used for another amount: send a new one.',
} as const;
const WALLET_FULL = { __typename: 'WalletFull', message: 'A wallet holds at most a million dollars.' } as const;
