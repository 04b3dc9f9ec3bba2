/** Entity of another service, with only its key. */
interface Key {
  id: string;
}
export type BookMapper = Key;
export type MemberMapper = Key;
