/** The domain type behind each GraphQL type; read by the code generator. */
export type { Loan as LoanMapper } from './loan.ts';

/** Entity of another service: its key, and the weight that `postageCents` requires. */
export interface BookMapper {
  id: string;
  weightGrams?: number;
}
/** Entity of another service, with only its key. */
export interface MemberMapper {
  id: string;
}
