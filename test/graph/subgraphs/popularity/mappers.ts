/** Other services' entities: only their keys are known here. */
interface Key {
  id: string;
}
export type BookMapper = Key;
export type MemberMapper = Key;
