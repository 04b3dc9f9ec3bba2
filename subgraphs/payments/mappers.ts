/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { AccountEntry as WalletEntryMapper } from './ledger.ts';
export type { Payment as PaymentMapper } from './payment.ts';

/** A wallet is known by whose it is. */
export interface WalletMapper {
  userId: string;
}

/** Other services' entities: only their keys are known here. */
export interface BookingMapper {
  id: string;
}
export interface GuestMapper {
  id: string;
}
export interface HostMapper {
  id: string;
}
