import type { Plan } from '../plan.ts';
import { countField } from './schema.ts';

/** `README.md` */
export function readme(plan: Plan): string {
  const { name, entity, extended, events } = plan;
  const { type, one, many, aThing, things } = entity;
  const rows = [
    [`${aThing} by its id`, `\`pk\` = \`${one}#<id>\``, `\`${one}\`, references from other subgraphs`],
    [`a user's ${things}, newest first`, 'index `owner-by-age`: `ownerId`, `ageKey`', `\`${many}\``],
    ...(extended
      ? [
          [
            `${things} of ${extended.aThing}, newest first`,
            `index \`${extended.one}-by-age\`: \`${extended.one}Id\`, \`ageKey\``,
            `\`${extended.type}.${many}\``,
          ],
        ]
      : []),
    ...events.map((event) => [
      `number of \`${event.type}\` events on a day`,
      `\`pk\` = \`count#${event.type}#<day>\``,
      `\`${countField(plan, event.type)}\``,
    ]),
  ];
  return `# ${name}

Owns \`${type}\`: ${aThing} created by a user.${extended ? ` Adds \`${many}\` to \`${extended.type}\`.` : ''}

## Access patterns

| Read | Key | Used by |
| --- | --- | --- |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

## Events

Publishes none. To publish events, add an \`events.ts\`.
${
  events.length > 0
    ? `
Consumes, in \`consumer.ts\`:

${events.map((event) => `- \`${event.type}\` of ${event.publisher}`).join('\n')}

Events can be delivered more than once: the count and the record of the event in the inbox are written in one transaction.
`
    : ''
}`;
}
