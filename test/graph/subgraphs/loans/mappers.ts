/** The domain type behind each GraphQL type; read by the code generator. */
export type { Loan as LoanMapper } from './loan.ts';

/** Another service's entity: its key, and for `postageCents` the weight that it requires. */
export interface BookMapper {
  id: string;
  weightGrams?: number;
}
/** Another service's entity: only its key is known here. */
export interface MemberMapper {
  id: string;
}
