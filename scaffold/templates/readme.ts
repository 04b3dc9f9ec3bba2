import type { Plan } from '../plan.ts';
import { countField } from './schema.ts';

/** `README.md` */
export function readme(plan: Plan): string {
  const { name, entity, extended, events } = plan;
  const { type, one, many, aThing } = entity;
  const rows = [
    [`${aThing} by its id`, `\`pk\` = \`${one}#<id>\``, `\`${one}\`, references from other subgraphs`],
    ['what someone has made, newest first', 'index `owner-by-age`: `ownerId`, `ageKey`', `\`${many}\``],
    ...(extended
      ? [
          [
            `what belongs to ${extended.aThing}, newest first`,
            `index \`${extended.one}-by-age\`: \`${extended.one}Id\`, \`ageKey\``,
            `\`${extended.type}.${many}\``,
          ],
        ]
      : []),
    ...events.map((event) => [
      `how many \`${event.type}\` a day has brought`,
      `\`pk\` = \`count#${event.type}#<day>\``,
      `\`${countField(plan, event.type)}\``,
    ]),
  ];
  return `# ${name}

Owns \`${type}\`: ${aThing} that someone has made.${extended ? ` Adds \`${many}\` to \`${extended.type}\`.` : ''}

## How the table is read

| What | Key | For |
| --- | --- | --- |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

## Events

Publishes none: it will, once it has an \`events.ts\`.
${
  events.length > 0
    ? `
Consumes, in \`consumer.ts\`:

${events.map((event) => `- \`${event.type}\` of ${event.publisher}`).join('\n')}

An event may come twice: its count and the mark that it is done are one transaction.
`
    : ''
}`;
}
