import { type Parameter, paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
import { fromParts } from './schema-parts.ts';

/** Parameters do not hold a schema. */
class NotASchema extends Error {
  override name = 'NotASchema';
}

/** Reads the schemas published at `PATH/SUBGRAPH/PART`, by subgraph; throws NotASchema. */
export async function deployedSchemas(
  client: SSMClient,
  path: string,
  abortSignal: AbortSignal,
): Promise<Map<string, string>> {
  const parameters: Parameter[] = [];
  const pages = paginateGetParametersByPath({ client }, { Path: path, Recursive: true }, { abortSignal });
  for await (const { Parameters = [] } of pages) parameters.push(...Parameters);
  const bySubgraph = Map.groupBy(parameters, ({ Name = '' }) => Name.slice(path.length + 1).split('/')[0] ?? '');
  return new Map([...bySubgraph].map(([subgraph, parts]) => [subgraph, schemaOf(`${path}/${subgraph}`, parts)]));
}

function schemaOf(path: string, parts: Parameter[]): string {
  const number = ({ Name = '' }: Parameter) => Number(Name.slice(path.length + 1));
  try {
    return fromParts(parts.toSorted((a, b) => number(a) - number(b)).map(({ Value = '' }) => Value));
  } catch {
    throw new NotASchema(`The parameters under ${path} do not hold a schema in the format of the subgraph stacks.`);
  }
}
