import { optionalEnv } from './env.ts';

/** Memory with which Lambda gives a function one whole core, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_CORE_MB = 1_769;

/** Returns the bound of a cache in a function, this one unless its memory is given, from the bound in one of 1,769 MB. */
export function cacheBound(atOneCore: number, megabytes = functionMegabytes()): number {
  return Math.ceil((atOneCore * megabytes) / ONE_CORE_MB);
}

function functionMegabytes(): number {
  return Number(optionalEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE') ?? ONE_CORE_MB);
}
