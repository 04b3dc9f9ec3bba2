import type { GraphQLSchema } from 'graphql';
import { changesBetween } from './api-changes.ts';
import type { Change } from './change.ts';

/** A deployment, with the changes it makes. */
export interface Step {
  /** A subgraph, or `gateway`. */
  deploy: string;
  why: string[];
}

export interface DeploymentOrder {
  steps: Step[];
  /** Problems in any order, with alternatives: sentences. */
  hazards: string[];
}

type Schemas = Map<string, GraphQLSchema>;
type When = 'before' | 'after' | 'never';
type Parts = { name: string } & Record<When, Pick<Change, 'path' | 'message'>[]>;

/**
 * Returns the order in which to deploy schema changes, so that the gateway and the subgraphs stay compatible: additions before
 * the gateway, removals after it.
 */
export async function deploymentOrder(before: Schemas, after: Schemas): Promise<DeploymentOrder> {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const parts = await Promise.all(names.map((name) => partsOf(name, before.get(name), after.get(name))));
  const gateway = { deploy: 'gateway', why: ['The supergraph has changed.'] };
  const steps = [...stepsAt('before', parts), gateway, ...stepsAt('after', parts)];
  return { steps: steps.length > 1 ? steps : [], hazards: [...parts.flatMap(hazardsOf), ...moves(parts)] };
}

function stepsAt(when: When, parts: Parts[]): Step[] {
  return parts
    .filter((part) => part[when].length > 0)
    .map((part) => ({ deploy: part.name, why: part[when].map(({ message }) => message) }));
}

async function partsOf(name: string, before?: GraphQLSchema, after?: GraphQLSchema): Promise<Parts> {
  if (!before) return { name, before: [{ path: '', message: 'It is new.' }], after: [], never: [] };
  if (!after)
    return { name, before: [], after: [{ path: '', message: 'It is removed: destroy its stack.' }], never: [] };
  const changes = await changesBetween(before, after);
  const at = (when: When) => changes.filter((change) => whenToDeploy(change) === when);
  return { name, before: at('before'), after: at('after'), never: at('never') };
}

function hazardsOf({ name, before, after, never }: Parts): string[] {
  const isTorn = before.length > 0 && after.length > 0;
  return [
    ...(isTorn
      ? [
          `${name} has both additions and removals: deploy the additions first, in a change of their own, or requests fail in between.`,
        ]
      : []),
    ...never.map(
      ({ message }) =>
        `${name}: ${message}. No order is safe: add the new element beside the old, migrate, then remove the old.`,
    ),
  ];
}

/** Fields that move to another subgraph: both have them in between, which composes only with @override. */
function moves(parts: Parts[]): string[] {
  return parts.flatMap(({ name: to, before }) =>
    before.flatMap(({ path }) => {
      const from = parts.find(({ name, after }) => name !== to && after.some((change) => path && change.path === path));
      if (!from) return [];
      return `${path} moves from ${from.name} to ${to}: mark it @override(from: "${from.name}") in ${to} and keep it in ${from.name}, until a later change removes it there.`;
    }),
  );
}

/** Changes that the gateway does not depend on. */
const INDIFFERENT = /DESCRIPTION|DEPRECATION|DEFAULT|^DIRECTIVE|^SCHEMA/;

/**
 * Returns when to deploy a change. Stronger guarantees for the gateway (non-null outputs, optional inputs) are deployed before
 * it, weaker ones after it.
 */
function whenToDeploy({ type, risk, onlyNullability }: Change): When | undefined {
  if (INDIFFERENT.test(type)) return undefined;
  if (type.endsWith('_ADDED')) return risk === 'breaking' ? 'never' : 'before';
  if (type.endsWith('_REMOVED')) return 'after';
  if (risk === 'safe') return 'before';
  return onlyNullability ? 'after' : 'never';
}
