import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql';
import type { Finding } from './finding.ts';
import { parseSubgraph, placeOf, type SubgraphSdl, type TypeNode, typesIn } from './subgraph-source.ts';

/** Source of a field of `Subscription`, as a service's `subscriptions.ts` declares it. */
export interface DeclaredSource {
  events: readonly string[];
  topic: string | readonly string[];
}

/** What a subgraph declares besides its schema. */
export interface DeclaredSubscriptions {
  /** Sources by field; undefined without `subscriptions.ts`. */
  sources: Readonly<Record<string, DeclaredSource>> | undefined;
  /** Paths of texts in the events that the subgraph publishes, by type: `entityId`, `data.orderId`. */
  eventTexts: Readonly<Record<string, readonly string[]>>;
}

const RULE = 'subscription-source';

/** Returns the problems of a subgraph's subscriptions: each field has a source, whose events and topics exist. */
export function subscriptionProblems(subgraph: SubgraphSdl, declared: DeclaredSubscriptions): Finding[] {
  const { sources = {}, eventTexts } = declared;
  const fields = subscriptionFields(subgraph);
  const file = `${subgraph.file.slice(0, subgraph.file.lastIndexOf('/'))}/subscriptions.ts`;
  const inSources = (message: string): Finding => finding(subgraph.name, { file, line: 1 }, message);
  const missing = [...fields].filter(([name]) => !Object.hasOwn(sources, name));
  return [
    ...missing.map(([name, place]) =>
      finding(
        subgraph.name,
        place,
        `Subscription.${name} has no source.`,
        `Add an entry "${name}" to \`subscriptions\` in ${file}.`,
      ),
    ),
    ...Object.keys(sources)
      .filter((name) => !fields.has(name))
      .map((name) => inSources(`The entry "${name}" matches no field of Subscription in ${subgraph.file}.`)),
    ...Object.entries(sources).flatMap(([name, source]) => problemsOf(name, source, eventTexts).map(inSources)),
  ];
}

/** Returns the fields of `Subscription` with their places. */
export function subscriptionFields(subgraph: SubgraphSdl): Map<string, Finding['places'][number]> {
  const types = typesIn(parseSubgraph(subgraph)).filter(({ name }) => name.value === 'Subscription');
  const fields = types.flatMap((type): readonly FieldDefinitionNode[] => (isObject(type) ? (type.fields ?? []) : []));
  return new Map(fields.map((field) => [field.name.value, placeOf(field) ?? { file: subgraph.file, line: 1 }]));
}

function isObject(type: TypeNode): type is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION;
}

function problemsOf(name: string, { events, topic }: DeclaredSource, texts: DeclaredSubscriptions['eventTexts']) {
  const published = Object.keys(texts);
  const unknown = events.filter((type) => !published.includes(type));
  if (events.length === 0) return [`"${name}" has no events.`];
  if (unknown.length > 0)
    return unknown.map(
      (type) => `"${name}": this service's events.ts has no event "${type}". It has ${published.join(', ') || 'none'}.`,
    );
  const paths = [topic].flat();
  const inNoEvent = paths.filter((path) => !events.some((type) => texts[type]?.includes(path)));
  const withoutTopic = events.filter((type) => !paths.some((path) => texts[type]?.includes(path)));
  return [
    ...inNoEvent.map((path) => `"${name}": the topic "${path}" is no text in ${events.join(', ')}.`),
    ...(inNoEvent.length > 0
      ? []
      : withoutTopic.map((type) => `"${name}": the event "${type}" has no text at ${paths.join(' or ')}.`)),
  ];
}

function finding(subgraph: string, place: Finding['places'][number], message: string, hint?: string): Finding {
  return { level: 'error', rule: RULE, message, subgraph, places: [place], ...(hint && { hint }) };
}
