import { type DocumentNode, Kind } from 'graphql';

/** Words that the system uses in another sense: AWS account, host of a URL, user of the identity provider. */
const SYSTEM_WORDS = new Set(['account', 'host', 'user']);

export interface SampleSchema {
  name: string;
  document: DocumentNode;
}

/** Returns the domain's words, lower-case and singular, from the names of its graph, services and entities. */
export function domainWords(graph: string, services: SampleSchema[]): Set<string> {
  const names = [graph, ...services.flatMap(({ name, document }) => [name, ...entitiesIn(document)])];
  return new Set(names.flatMap(wordsIn).filter((word) => !SYSTEM_WORDS.has(word)));
}

/** Splits a text and its identifiers into lower-case singular words: `Query.cancelOrders` → query, cancel, order. */
export function wordsIn(text: string): string[] {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  return words.map((word) => singular(word.toLowerCase()));
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -'ies'.length)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function entitiesIn(document: DocumentNode): string[] {
  return document.definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
    definition.directives?.some(({ name }) => name.value === 'key')
      ? definition.name.value
      : [],
  );
}
