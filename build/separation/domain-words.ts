import { type DocumentNode, Kind } from 'graphql';

/** Words that the system has in a sense of its own: an AWS account, the host of an address, a user of the identity provider. */
const SYSTEM_SENSES = new Set(['account', 'host', 'user']);

/** A service of the sample: its name and its schema. */
export interface SampleSchema {
  name: string;
  document: DocumentNode;
}

/** The words of a domain, small and in the singular: those of its graph's name, its services and its entities. */
export function domainWords(graph: string, services: SampleSchema[]): Set<string> {
  const names = [graph, ...services.flatMap(({ name, document }) => [name, ...entitiesIn(document)])];
  return new Set(names.flatMap(wordsIn).filter((word) => !SYSTEM_SENSES.has(word)));
}

/** The words of a text or of names in it, small and in the singular: `Query.cancelOrders` has query, cancel, order. */
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
