/** AWS limit in characters. Resource names hold graph, stage and service; names of event rules hold two services. */
const MAX_RESOURCE_NAME = 64;
const LONGEST_STAGE = 'prod';
const MAX_SERVICE_NAME = 22;
/** Leaves 16 characters for a service name. */
const MAX_GRAPH_NAME = 20;
const MIN_GRAPH_NAME = 2;

/** Returns the maximum length of a service name in a graph, in characters. */
export function maxServiceName(graph: string): number {
  const fixed = `${graph}-${LONGEST_STAGE}--from-`.length;
  return Math.min(MAX_SERVICE_NAME, Math.floor((MAX_RESOURCE_NAME - fixed) / 2));
}

/** Returns why a graph name is invalid, with a suggestion if there is one; undefined if the name is valid. */
export function graphNameFault(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    const near = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[-0-9]+|-$/g, '');
    const perhaps = near && near !== name && !graphNameFault(near) ? ` Perhaps "${near}"?` : '';
    return `"${name}" is not a valid graph name: use lower-case letters and digits, with dashes between words.${perhaps}`;
  }
  if (name.length < MIN_GRAPH_NAME || name.length > MAX_GRAPH_NAME)
    return `"${name}" is ${name.length} characters long; a graph name has ${MIN_GRAPH_NAME} to ${MAX_GRAPH_NAME}.`;
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html
  if (/^(aws|ssm)/.test(name)) return `"${name}" cannot be used: AWS reserves names that begin with "aws" or "ssm".`;
  return undefined;
}
