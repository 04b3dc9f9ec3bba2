import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type ExecutableDefinitionNode, GraphQLError, isExecutableDefinitionNode, parse, Source } from 'graphql';
import { describeProblem, OperationsInvalid } from './problem.ts';

const GRAPHQL = /\.(graphql|gql)$/;
const CODE = /\.[cm]?[jt]sx?$/;

/**
 * Reads the operations and fragments of a client: GraphQL files, and templates tagged `gql` or `graphql` in code. Throws
 * OperationsInvalid for syntax errors and for patterns that match no file.
 */
export async function readDefinitions(patterns: string[], directory: string): Promise<ExecutableDefinitionNode[]> {
  const sources = await Promise.all(filesOf(patterns, directory).map((file) => sourcesIn(file, directory)));
  const parsed = sources.flat().map((source) => (source instanceof Source ? definitionsIn(source) : source));
  const problems = parsed.filter((each) => typeof each === 'string');
  if (problems.length > 0) throw new OperationsInvalid(problems.join('\n'));
  return parsed.flatMap((each) => (typeof each === 'string' ? [] : each));
}

/** Returns the unique GraphQL and code files that match. */
function filesOf(patterns: string[], directory: string): string[] {
  const files = patterns.flatMap((pattern) => {
    const found = globSync(pattern, { cwd: directory, exclude: ['**/node_modules'] });
    const readable = found.filter((file) => GRAPHQL.test(file) || CODE.test(file));
    if (readable.length === 0) throw new OperationsInvalid(`No document matches ${pattern}`);
    return readable.map((file) => relative(directory, resolve(directory, file)));
  });
  return [...new Set(files)].sort();
}

/** Returns the documents in a file, or an error message. */
async function sourcesIn(file: string, directory: string): Promise<(Source | string)[]> {
  const text = readFileSync(resolve(directory, file), 'utf8');
  if (GRAPHQL.test(file)) return [new Source(text, file)];
  // Loaded on demand: it includes a TypeScript parser, which few clients need.
  const { gqlPluckFromCodeString } = await import('@graphql-tools/graphql-tag-pluck');
  try {
    const found = await gqlPluckFromCodeString(file, text, { skipIndent: true });
    return found.map(({ body, locationOffset }) => new Source(body, file, locationOffset));
  } catch (error) {
    return [`${file} ${error instanceof Error ? error.message : error}`];
  }
}

/** Returns the definitions in a document, or an error message. */
function definitionsIn(source: Source): ExecutableDefinitionNode[] | string {
  try {
    const { definitions } = parse(source);
    const other = definitions.find((each) => !isExecutableDefinitionNode(each));
    if (other)
      throw new GraphQLError('This is a type system definition, not an operation or fragment.', { nodes: other });
    return definitions.filter(isExecutableDefinitionNode);
  } catch (error) {
    if (error instanceof GraphQLError) return describeProblem(error);
    throw error;
  }
}
