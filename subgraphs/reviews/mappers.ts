/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { Review as ReviewMapper } from './review.ts';

/** Other services' entities: only their keys are known here. */
export interface ListingMapper {
  id: string;
}
export interface HostMapper {
  id: string;
}
export interface GuestMapper {
  id: string;
}
