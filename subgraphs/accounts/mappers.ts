/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { User as GuestMapper, User as HostMapper } from './user.ts';
