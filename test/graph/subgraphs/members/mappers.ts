/** The domain type behind each GraphQL type; read by the code generator. */
export type { Member as MemberMapper } from './member.ts';
