/** An amenity of a listing. Listings store its `id`, which never changes. */
export interface Amenity {
  id: string;
  name: string;
  category: 'ACCOMMODATION_DETAILS' | 'SPACE_SURVIVAL' | 'OUTDOORS';
}

/** All amenities that a listing can have. */
export const AMENITIES: readonly Amenity[] = [
  { id: 'wifi', name: 'Wi-Fi', category: 'ACCOMMODATION_DETAILS' },
  { id: 'kitchen', name: 'Kitchen', category: 'ACCOMMODATION_DETAILS' },
  { id: 'washer', name: 'Washing machine', category: 'ACCOMMODATION_DETAILS' },
  { id: 'workspace', name: 'Workspace', category: 'ACCOMMODATION_DETAILS' },
  { id: 'tv', name: 'Television', category: 'ACCOMMODATION_DETAILS' },
  { id: 'lift', name: 'Lift', category: 'ACCOMMODATION_DETAILS' },
  { id: 'heating', name: 'Heating', category: 'SPACE_SURVIVAL' },
  { id: 'airconditioning', name: 'Air conditioning', category: 'SPACE_SURVIVAL' },
  { id: 'smokealarm', name: 'Smoke alarm', category: 'SPACE_SURVIVAL' },
  { id: 'firstaid', name: 'First-aid kit', category: 'SPACE_SURVIVAL' },
  { id: 'garden', name: 'Garden', category: 'OUTDOORS' },
  { id: 'balcony', name: 'Balcony', category: 'OUTDOORS' },
  { id: 'rooftop', name: 'Roof terrace', category: 'OUTDOORS' },
  { id: 'parking', name: 'Parking', category: 'OUTDOORS' },
];

const byId = new Map(AMENITIES.map((amenity) => [amenity.id, amenity]));

/** Returns the amenity with an id, if there is one. */
export function findAmenity(id: string): Amenity | undefined {
  return byId.get(id);
}
