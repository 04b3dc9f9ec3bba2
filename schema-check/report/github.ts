import type { Report } from '../check-schema.ts';
import type { Finding, Level } from '../finding.ts';

/**
 * Formats the report as GitHub workflow commands, one per line. Broken operations are annotated at the client's manifest.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function githubAnnotations(
  { composition, lints, operations, changes, order }: Report,
  manifestPath: (client: string) => string,
): string[] {
  return [
    ...[...composition, ...lints].map(annotationOf),
    ...operations.broken.map(({ client, operation, reasons }) =>
      command(
        'error',
        { file: manifestPath(client), title: 'Registered operation' },
        `${operation}: ${reasons.join('\n')}`,
      ),
    ),
    ...changes
      .filter(({ risk, usedBy }) => risk === 'breaking' && usedBy.length === 0)
      .map(({ message }) => command('warning', { title: 'Breaking change' }, message)),
    ...order.hazards.map((message) => command('warning', { title: 'Deployment order' }, message)),
  ];
}

const COMMANDS: Record<Level, string> = { error: 'error', warning: 'warning' };

function annotationOf({ level, rule, message, places: [place], hint }: Finding): string {
  return command(COMMANDS[level], { ...place, title: rule }, [message, ...(hint ? [hint] : [])].join('\n'));
}

function command(name: string, properties: Record<string, string | number>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escaped(message)}`;
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapedProperty = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
