/** Domain types behind GraphQL types, read by the code generator. */
export type { Amenity as AmenityMapper } from './amenities.ts';
export type { Listing as ListingMapper } from './listing.ts';

/** Entity of another service, known by key only. */
export interface HostMapper {
  id: string;
}
