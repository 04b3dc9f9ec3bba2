/** A function and the alias or version of it that is meant, if one is named. */
export interface FunctionRef {
  name: string;
  qualifier: string | undefined;
}

/** Reads `name`, `name:qualifier`, or an ARN of either. */
export function functionRef(text: string): FunctionRef {
  const [name = '', qualifier] = text.replace(/^arn:[^:]+:lambda:[^:]+:\d+:function:/, '').split(':');
  return { name, qualifier };
}
