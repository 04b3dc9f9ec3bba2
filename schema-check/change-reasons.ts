import type { Change } from './change.ts';

/** Why a change carries its risk, by its kind: for those that the library gives no reason for. The first that fits counts. */
const REASONS: { type: RegExp; when?: (change: Change) => boolean; reason: string }[] = [
  { type: /DESCRIPTION/, reason: 'No operation depends on documentation.' },
  { type: /DEPRECAT/, reason: 'What is deprecated goes on working.' },
  {
    type: /^FIELD_ARGUMENT_ADDED$/,
    when: isBreaking,
    reason: 'Every operation that asks for the field lacks the argument.',
  },
  { type: /ARGUMENT_ADDED$/, reason: 'Operations do not give it yet, and the field must answer as it did.' },
  { type: /_ADDED$/, reason: 'No operation asks for it yet.' },
  { type: /_REMOVED$/, reason: 'An operation that names it is no longer valid.' },
  { type: /TYPE_CHANGED$/, when: isSafe, reason: 'What clients do today fits the new type.' },
  {
    type: /TYPE_CHANGED$/,
    when: ({ onlyNullability }) => onlyNullability,
    reason: 'A client that counts on a value may get null.',
  },
  { type: /TYPE_CHANGED$/, reason: 'A client works with values of the type that it was.' },
];

/** Why a change is safe, dangerous or breaking. */
export function reasonFor(change: Change): string | undefined {
  return REASONS.find(({ type, when }) => type.test(change.type) && (!when || when(change)))?.reason;
}

function isBreaking({ risk }: Change): boolean {
  return risk === 'breaking';
}

function isSafe({ risk }: Change): boolean {
  return risk === 'safe';
}
