import type { Report } from '../check-schema.ts';
import type { Finding } from '../finding.ts';
import type { ChangeWithUse } from '../operations-check.ts';
import { findingLines, indent, markOf, type Paint, placeText } from './finding-lines.ts';

/** Formats the report as text. */
export function textReport(report: Report, paint: Paint): string {
  const sections = [
    section('Composition', compositionLines(report, paint), paint),
    ...(report.composition.length > 0 ? [] : afterComposition(report, paint)),
  ];
  return `${[...sections, verdict(report, paint)].join('\n\n')}\n`;
}

function afterComposition(report: Report, paint: Paint): string[] {
  return [
    section(report.base ? `Changes since ${report.base}` : 'Changes', changeLines(report, paint), paint),
    section('Registered operations', operationLines(report, paint), paint),
    section('Rules', lintLines(report, paint), paint),
    ...(report.order.steps.length + report.order.hazards.length > 0
      ? [section('Deployment order', orderLines(report, paint), paint)]
      : []),
  ];
}

function section(title: string, lines: string[], paint: Paint): string {
  return [paint('bold', title), ...lines.map((line) => `  ${line}`)].join('\n');
}

function compositionLines({ composition, subgraphs }: Report, paint: Paint): string[] {
  if (composition.length > 0) return composition.flatMap((finding) => findingLines(finding, paint));
  return [`${paint('green', '✓')} ${subgraphs.length} subgraphs compose: ${subgraphs.join(', ')}`];
}

function changeLines({ base, changes }: Report, paint: Paint): string[] {
  if (!base) return [paint('dim', 'Not compared: there is no earlier supergraph.')];
  if (changes.length === 0) return [`${paint('green', '✓')} the API is the same`];
  return changes.flatMap((change) => changeText(change, paint));
}

function changeText({ risk, message, reason = '', usedBy }: ChangeWithUse, paint: Paint): string[] {
  const colour = ({ breaking: 'red', dangerous: 'yellow', safe: 'green' } as const)[risk];
  const use = usedBy.length > 0 ? `Used by ${usedBy.join(', ')}.` : 'No registered operation uses it.';
  const why = risk === 'safe' ? reason : `${reason} ${use}`;
  return [`${paint(colour, risk.padEnd(9))} ${message}`, indent(paint('dim', why.trim()), 10)];
}

function operationLines({ operations: { checked, broken } }: Report, paint: Paint): string[] {
  if (checked === 0) return [paint('dim', 'None: the effect of breaking changes on clients is unknown.')];
  const fine = `${paint('green', '✓')} ${checked - broken.length} of ${checked} work as before`;
  return [
    ...(broken.length < checked ? [fine] : []),
    ...broken.flatMap(({ client, operation, reasons }) => [
      `${paint('red', '✗')} ${client}: ${operation}`,
      ...reasons.map((reason) => indent(reason, 2)),
    ]),
  ];
}

/** Groups lint findings by rule, with the remedy once per rule. */
function lintLines({ lints, descriptions: { fields, without } }: Report, paint: Paint): string[] {
  const documented = paint('dim', `${fields - without.length} of ${fields} fields have a description.`);
  if (lints.length === 0) return [`${paint('green', '✓')} the schemas keep every rule`, documented];
  const byRule = Map.groupBy(lints, ({ rule }) => rule);
  return [...[...byRule].flatMap(([rule, findings]) => [rule, ...ruleLines(findings, paint)]), documented];
}

function ruleLines(findings: Finding[], paint: Paint): string[] {
  const lines = findings.map(
    ({ level, places, message }) => `${markOf(level, paint)} ${places.map(placeText).join(', ')}  ${message}`,
  );
  const hints = new Set(findings.flatMap(({ hint }) => (hint ? [paint('dim', hint)] : [])));
  return [...lines, ...hints].map((line) => indent(line, 2));
}

function orderLines({ order: { steps, hazards } }: Report, paint: Paint): string[] {
  return [
    ...steps.flatMap(({ deploy, why }, i) => [
      `${i + 1}. npm run deploy -- ${deploy}`,
      ...why.map((line) => indent(paint('dim', line), 3)),
    ]),
    ...hazards.map((line) => `${paint('yellow', '!')} ${line}`),
  ];
}

function verdict({ ok, errors, warnings }: Report, paint: Paint): string {
  const counts = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return ok ? paint('green', `✓ may be deployed (${counts})`) : paint('red', `✗ must not be deployed (${counts})`);
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
