/** Domain types behind GraphQL types, read by the code generator. */
export type { AccountEntry as WalletEntryMapper } from './ledger.ts';
export type { Payment as PaymentMapper } from './payment.ts';

/** Wallets are identified by their user. */
export interface WalletMapper {
  userId: string;
}

/** Entities of other services, known by key only. */
export interface BookingMapper {
  id: string;
}
export interface GuestMapper {
  id: string;
}
export interface HostMapper {
  id: string;
}
