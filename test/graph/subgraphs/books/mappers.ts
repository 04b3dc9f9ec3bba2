/** The domain type behind each GraphQL type; read by the code generator. */
export type { Book as BookMapper } from './book.ts';

/** Entity of another service, with only its key. */
export interface MemberMapper {
  id: string;
}
