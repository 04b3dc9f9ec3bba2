/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { Amenity as AmenityMapper } from './amenities.ts';
export type { Listing as ListingMapper } from './listing.ts';

/** Another service's entity: only its key is known here. */
export interface HostMapper {
  id: string;
}
