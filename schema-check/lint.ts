import { type Acknowledgement, acknowledgements } from './acknowledgements.ts';
import type { Finding, Place } from './finding.ts';
import { description } from './lints/description.ts';
import { naming } from './lints/naming.ts';
import { nonNullAcrossServices } from './lints/non-null-across-services.ts';
import type { Fault, Linted, Rule } from './lints/rule.ts';
import { unboundedList } from './lints/unbounded-list.ts';
import { type Definition, definitionsByCoordinate, placeOf } from './subgraph-source.ts';

/** All lint rules. */
export const RULES: Rule[] = [description, naming, unboundedList, nonNullAcrossServices];

/** Runs the lint rules. Omits acknowledged findings; reports unused and invalid acknowledgements. */
export function lint(linted: Linted): Finding[] {
  const definitions = definitionsByCoordinate(linted.subgraphs);
  const allowed = acknowledgements(definitions);
  const used = new Set<Acknowledgement>();
  const findings = RULES.flatMap((rule) =>
    rule.check(linted).flatMap((fault) => {
      const known = allowed.filter(
        (each) => each.rule === rule.name && each.coordinate === fault.coordinate && each.reason,
      );
      for (const each of known) used.add(each);
      return known.length > 0 ? [] : [toFinding(rule, fault, definitions)];
    }),
  );
  return [...findings, ...allowed.filter((each) => !used.has(each)).map(acknowledgementFinding)];
}

function toFinding(
  { name, hint }: Rule,
  { coordinate, message, subgraph }: Fault,
  definitions: Map<string, Definition[]>,
): Finding {
  const all = definitions.get(coordinate) ?? [];
  const atFault = all.filter((each) => !subgraph || each.subgraph === subgraph);
  const places = atFault.flatMap(({ node }): Place[] => [placeOf(node) ?? []].flat());
  return { level: 'error', rule: name, message, places, hint, ...(subgraph && { subgraph }) };
}

function acknowledgementFinding({ rule, coordinate, reason, place }: Acknowledgement): Finding {
  const isKnown = RULES.some(({ name }) => name === rule);
  const message = !isKnown
    ? `There is no rule "${rule}": the rules are ${RULES.map(({ name }) => name).join(', ')}.`
    : reason
      ? `${coordinate} does not break the rule "${rule}": remove the comment.`
      : `Give a reason why ${coordinate} may break the rule "${rule}": # allow ${rule}: reason`;
  return { level: reason && isKnown ? 'warning' : 'error', rule: 'acknowledgement', message, places: [place] };
}
