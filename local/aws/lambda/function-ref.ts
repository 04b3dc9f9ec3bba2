/** Name of a function, and the alias or version if one is given. */
export interface FunctionRef {
  name: string;
  qualifier: string | undefined;
}

/** Parses `name`, `name:qualifier`, or an ARN of either. */
export function functionRef(text: string): FunctionRef {
  const [name = '', qualifier] = text.replace(/^arn:[^:]+:lambda:[^:]+:\d+:function:/, '').split(':');
  return { name, qualifier };
}
