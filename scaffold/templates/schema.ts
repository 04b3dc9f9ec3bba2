import { lowerFirst, upperFirst } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `schema.graphql` */
export function schema({ entity, extended, events }: Plan): string {
  const { type, one, many, aThing } = entity;
  const page = `("From 0 to 100." first: Int! = 20, after: String): ${type}Connection
    @listSize(slicingArguments: ["first"], sizedFields: ["edges"])`;
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@listSize"])

"A moment, RFC 3339: \`2026-05-01T09:30:00Z\`."
scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")
${events.length > 0 ? DATE : ''}
"Where one page of a list lies in it. Lists are read forward only."
type PageInfo @shareable {
  hasNextPage: Boolean!
  "Whether the page was asked for with \`after\`."
  hasPreviousPage: Boolean!
  startCursor: String
  "Give it as \`after\` to read on."
  endCursor: String
}

"${upperFirst(aThing)} that someone has made."
type ${type} @key(fields: "id") {
  id: ID!
  name: String!
  createdAt: DateTime!
${extended ? `  ${extended.one}: ${extended.type}\n` : ''}}

type ${type}Connection {
  edges: [${type}Edge!]!
  pageInfo: PageInfo!
}

type ${type}Edge {
  node: ${type}!
  cursor: String!
}
${extended ? extension(extended.type, extended.description, many, page) : ''}
type Query {
  "${upperFirst(aThing)}; null if there is none with that id."
  ${one}(id: ID!): ${type}
  "What the viewer has made, newest first; nothing when not signed in."
  ${many}${page}
${events.map((event) => count(one, event.type)).join('')}}

input Create${type}Input {
  "From 1 to 100 characters."
  name: String!
${extended ? `  ${extended.one}Id: ID!\n` : ''}}

"An expected failure."
interface Failure {
  "What went wrong and what to do, in words for people."
  message: String!
}

"A value breaks a rule."
type ${type}Invalid implements Failure {
  message: String!
  "The input field that is wrong, such as \`name\`."
  field: String!
}

union Create${type}Result = ${type} | ${type}Invalid

type Mutation {
  "Makes ${aThing} of the viewer's own."
  create${type}(input: Create${type}Input!): Create${type}Result!
}
`;
}

const DATE = `"A calendar day, ISO 8601: \`2026-05-01\`."
scalar Date @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")
`;

function extension(type: string, description: string, many: string, page: string): string {
  return `
${JSON.stringify(description)}
type ${type} @key(fields: "id") {
  id: ID!
  "Newest first."
  ${many}${page}
}
`;
}

function count(one: string, event: string): string {
  return `  "How many \`${event}\` events a day has brought."
  ${one}${event}Count("The day, UTC." day: Date!): Int
`;
}

/** The field that tells how often an event has come. */
export function countField({ entity }: Plan, event: string): string {
  return `${lowerFirst(entity.one)}${event}Count`;
}
