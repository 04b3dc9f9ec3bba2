import type { ExplainedFetch } from '#platform/telemetry/explanation.ts';
import type { EntityFetch, PathStep, Program, RepresentationSelection } from '../engine/program.ts';

/** Returns the fetches of a program as its explanation shows them. */
export function explainedFetches({ fetches, variables }: Program): ExplainedFetch[] {
  const clientNames = new Map(variables.map(({ name, sentAs = name }) => [sentAs, name]));
  return fetches.map((fetch) => ({
    service: fetch.service,
    kind: fetch.kind,
    after: fetch.after,
    path: pathText(fetch.path),
    operation: fetch.operation,
    variables: fetch.variables.map((name) => clientNames.get(name) ?? name),
    ...(fetch.entities && { requires: requirementText(fetch.entities) }),
  }));
}

/** Joins the steps of a path; a filter by type is `|[Book]`. */
function pathText(path: PathStep[]): string {
  return path.map((step) => (typeof step === 'string' ? step : `|[${step.types.join()}]`)).join('.');
}

function requirementText({ representation }: EntityFetch): string {
  return representation.map(({ types, select }) => `${types.join(' | ')} ${selectionText(select)}`).join(' ');
}

function selectionText(selections: RepresentationSelection[]): string {
  return `{ ${selections.map(textOf).join(' ')} }`;
}

function textOf(selection: RepresentationSelection): string {
  if ('types' in selection) return `... on ${selection.types.join(' | ')} ${selectionText(selection.select)}`;
  return selection.select ? `${selection.field} ${selectionText(selection.select)}` : selection.field;
}
