/** The README of a graph folder: what may lie in it. */
export function graphReadme(name: string): string {
  return `# ${name}

What belongs to the graph beyond its services in \`subgraphs/\`. Everything here is optional, and found by its name.

- \`supergraph.graphql\`: the composed schema, written by \`npm run compose\`; commit it
- \`policies.ts\`: exports \`POLICIES\`, what the names in \`@policy\` mean, of the type \`Policies\` in gateway/authorization
- \`hooks.ts\`, \`header-rules.ts\`, \`apollo-plugins.ts\`: extend the gateway, see gateway/README.md
- \`contracts.json\`: parts of the graph by name, each a list of tags, such as \`{ "public": ["public"] }\`
- \`groups.json\`: groups of users by name, with what they may do, such as \`{ "editor": "May edit products" }\`
- \`operations/NAME.json\`: registered operations of the client NAME, written by \`npm run operations\`
- \`examples/*.graphql\`: tabs of the explorer, each called like its first comment; without any, they are made of the schema
- \`seed/seed.ts\`: exports \`seed(connection)\`, which fills a system that starts without data
- \`seed/importer.ts\`: exports \`ROWS\`, \`countRows\` and \`importFile\`, for \`npm run import\`
- \`client/\`: a web client with a \`vite.config.ts\`, served at \`/app/\`; its operations are registered for the client \`web\`
- \`test/\`: tests of more than one service
`;
}
