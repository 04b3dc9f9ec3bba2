import { optionalEnv } from './env.ts';

/** Memory with which Lambda gives a function one whole core, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_CORE_MB = 1_769;

/** Scales a cache bound for a function of 1,769 MB to the memory of this function, or to the given memory. */
export function cacheBound(atOneCore: number, megabytes = functionMegabytes()): number {
  return Math.ceil((atOneCore * megabytes) / ONE_CORE_MB);
}

function functionMegabytes(): number {
  return Number(optionalEnv('AWS_LAMBDA_FUNCTION_MEMORY_SIZE') ?? ONE_CORE_MB);
}
