import { lowerFirst, upperFirst } from '../names.ts';
import type { Plan } from '../plan.ts';

/** `schema.graphql` */
export function schema({ entity, extended, events }: Plan): string {
  const { type, one, many, aThing, things } = entity;
  const page = `("From 0 to 100." first: Int! = 20, after: String): ${type}Connection
    @listSize(slicingArguments: ["first"], sizedFields: ["edges"])`;
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@listSize"])

"A date and time, RFC 3339: \`2026-05-01T09:30:00Z\`."
scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")
${events.length > 0 ? DATE : ''}
"Position of a page in its list. Lists are paged forward only."
type PageInfo @shareable {
  hasNextPage: Boolean!
  "Whether the page was requested with \`after\`."
  hasPreviousPage: Boolean!
  startCursor: String
  "Pass it as \`after\` to get the next page."
  endCursor: String
}

"${upperFirst(aThing)} created by a user."
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
  "Returns ${aThing} by id; null if it does not exist."
  ${one}(id: ID!): ${type}
  "The viewer's ${things}, newest first; empty if not signed in."
  ${many}${page}
${events.map((event) => count(one, event.type)).join('')}}

input Create${type}Input {
  "From 1 to 100 characters."
  name: String!
${extended ? `  ${extended.one}Id: ID!\n` : ''}}

"An expected failure."
interface Failure {
  "What went wrong and what to do. Can be shown to users."
  message: String!
}

"An input value is invalid."
type ${type}Invalid implements Failure {
  message: String!
  "The invalid input field, such as \`name\`."
  field: String!
}

union Create${type}Result = ${type} | ${type}Invalid

type Mutation {
  "Creates ${aThing}, owned by the viewer."
  create${type}(input: Create${type}Input!): Create${type}Result!
}
`;
}

const DATE = `"A calendar date in UTC, ISO 8601: \`2026-05-01\`."
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
  return `  "Number of \`${event}\` events on a day."
  ${one}${event}Count("Day in UTC." day: Date!): Int
`;
}

/** Returns the name of the root field that counts an event. */
export function countField({ entity }: Plan, event: string): string {
  return `${lowerFirst(entity.one)}${event}Count`;
}
