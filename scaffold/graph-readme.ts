/** Returns the README of a graph folder, which lists the files that the folder can hold. */
export function graphReadme(name: string): string {
  return `# ${name}

Parts of the graph outside its services in \`subgraphs/\`. All files are optional and discovered by name.

- \`supergraph.graphql\`: the composed schema, written by \`npm run compose\`; commit it
- \`policies.ts\`: exports \`POLICIES\`, the implementations of \`@policy\` names (type \`Policies\` in gateway/authorization)
- \`hooks.ts\`, \`header-rules.ts\`, \`apollo-plugins.ts\`: extend the gateway, see gateway/README.md
- \`contracts.json\`: contracts, each a name with the tags it includes, such as \`{ "public": ["public"] }\`
- \`groups.json\`: user groups with their descriptions, such as \`{ "editor": "May edit products" }\`
- \`operations/NAME.json\`: registered operations of the client NAME, written by \`npm run operations\`
- \`examples/*.graphql\`: tabs of the explorer, titled by their first comment; by default generated from the schema
- \`seed/seed.ts\`: exports \`seed(connection)\`, which fills the local system when it starts without data
- \`seed/importer.ts\`: exports \`ROWS\`, \`countRows\` and \`importFile\`, for \`npm run import\`
- \`client/\`: a web client with a \`vite.config.ts\`, served at \`/app/\`; its operations are registered for the client \`web\`
- \`test/\`: tests that span several services
`;
}
