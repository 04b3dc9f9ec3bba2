import type { GraphQLSchema } from 'graphql';
import { changesBetween } from './api-changes.ts';
import type { Change } from './change.ts';

/** One deployment, and what of the change it brings. */
export interface Step {
  /** A subgraph, or `gateway`. */
  deploy: string;
  why: string[];
}

export interface DeploymentOrder {
  steps: Step[];
  /** Subgraphs whose change has a part for before the gateway and one for after it. */
  torn: string[];
  /** What no order makes safe. */
  unsafe: { subgraph: string; message: string }[];
}

type Schemas = Map<string, GraphQLSchema>;
type When = 'before' | 'after' | 'never';
type Parts = Record<When, string[]>;

/**
 * In which order a change of subgraphs' schemas is deployed so that the gateway never asks for what a subgraph has not, and
 * never gets what it does not know. What is added goes before the gateway, what is taken away goes after it.
 */
export async function deploymentOrder(before: Schemas, after: Schemas): Promise<DeploymentOrder> {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const parts = await Promise.all(
    names.map(async (name) => ({ name, ...(await partsOf(before.get(name), after.get(name))) })),
  );
  const [first, last] = (['before', 'after'] as const).map((when) => stepsAt(when, parts));
  const unsafe = parts.flatMap(({ name, never }) => never.map((message) => ({ subgraph: name, message })));
  const torn = parts.filter((part) => part.before.length > 0 && part.after.length > 0).map(({ name }) => name);
  const gateway = { deploy: 'gateway', why: ['The supergraph has changed.'] };
  const steps = [...(first ?? []), gateway, ...(last ?? [])];
  return { steps: steps.length > 1 ? steps : [], torn, unsafe };
}

function stepsAt(when: When, parts: ({ name: string } & Parts)[]): Step[] {
  return parts.filter((part) => part[when].length > 0).map((part) => ({ deploy: part.name, why: part[when] }));
}

async function partsOf(before?: GraphQLSchema, after?: GraphQLSchema): Promise<Parts> {
  if (!before) return { before: ['It is new.'], after: [], never: [] };
  if (!after) return { before: [], after: ['It is gone: destroy its stack.'], never: [] };
  const changes = await changesBetween(before, after);
  const at = (when: When) => changes.filter((change) => whenToDeploy(change) === when).map(({ message }) => message);
  return { before: at('before'), after: at('after'), never: at('never') };
}

/** What the gateway does not depend on. */
const INDIFFERENT = /DESCRIPTION|DEPRECATION|DEFAULT|^DIRECTIVE|^SCHEMA/;

/**
 * By the kind of change. A type that promises more to the gateway (an output without null, an input that may be left out)
 * comes before the gateway relies on it; one that promises less comes after.
 */
function whenToDeploy({ type, risk, onlyNullability }: Change): When | undefined {
  if (INDIFFERENT.test(type)) return undefined;
  if (type.endsWith('_ADDED')) return risk === 'breaking' ? 'never' : 'before';
  if (type.endsWith('_REMOVED')) return 'after';
  if (risk === 'safe') return 'before';
  return onlyNullability ? 'after' : 'never';
}
