/** Resources of a service are named after graph, stage and service. AWS allows 64 characters; rules have the names of two services. */
const MAX_RESOURCE_NAME = 64;
const LONGEST_STAGE = 'prod';
const MAX_SERVICE_NAME = 22;
/** Leaves 16 characters for the name of a service. */
const MAX_GRAPH_NAME = 20;
const MIN_GRAPH_NAME = 2;

/** The longest name that a service of a graph can have, in characters. */
export function maxServiceName(graph: string): number {
  const fixed = `${graph}-${LONGEST_STAGE}--from-`.length;
  return Math.min(MAX_SERVICE_NAME, Math.floor((MAX_RESOURCE_NAME - fixed) / 2));
}

/** Says why a graph cannot have a name, with a name that it could have if one is near; undefined if it can. */
export function graphNameFault(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    const near = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[-0-9]+|-$/g, '');
    const perhaps = near && near !== name && !graphNameFault(near) ? ` Perhaps "${near}"?` : '';
    return `"${name}" is no name for a graph: it has small letters and digits, with dashes between words.${perhaps}`;
  }
  if (name.length < MIN_GRAPH_NAME || name.length > MAX_GRAPH_NAME)
    return `"${name}" has ${name.length} characters; a graph's name has ${MIN_GRAPH_NAME} to ${MAX_GRAPH_NAME}.`;
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
  if (/^(aws|ssm)/.test(name)) return `"${name}" cannot be used: AWS reserves names that begin with "aws" or "ssm".`;
  return undefined;
}
