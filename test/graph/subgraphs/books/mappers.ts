/** The domain type behind each GraphQL type; read by the code generator. */
export type { Book as BookMapper } from './book.ts';

/** Another service's entity: only its key is known here. */
export interface MemberMapper {
  id: string;
}
