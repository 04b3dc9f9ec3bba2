/** Domain types behind GraphQL types, read by the code generator. */
export type { User as GuestMapper, User as HostMapper } from './user.ts';
