import type { Change } from './change.ts';

/** Reasons for changes to which the library gives none; the first match applies. */
const REASONS: { type: RegExp; when?: (change: Change) => boolean; reason: string }[] = [
  { type: /DESCRIPTION/, reason: 'No operation depends on documentation.' },
  { type: /DEPRECAT/, reason: 'Deprecated elements still work.' },
  {
    type: /^FIELD_ARGUMENT_ADDED$/,
    when: isBreaking,
    reason: 'Existing operations with the field lack the argument.',
  },
  {
    type: /ARGUMENT_ADDED$/,
    reason: 'Existing operations do not pass it, and the field must behave as before without it.',
  },
  { type: /_ADDED$/, reason: 'No operation uses it yet.' },
  { type: /_REMOVED$/, reason: 'Operations that use it become invalid.' },
  { type: /TYPE_CHANGED$/, when: isSafe, reason: 'Existing usage is valid for the new type.' },
  {
    type: /TYPE_CHANGED$/,
    when: ({ onlyNullability }) => onlyNullability,
    reason: 'A client that counts on a value may get null.',
  },
  { type: /TYPE_CHANGED$/, reason: 'A client works with values of the type that it was.' },
];

/** Returns why a change is safe, dangerous or breaking. */
export function reasonFor(change: Change): string | undefined {
  return REASONS.find(({ type, when }) => type.test(change.type) && (!when || when(change)))?.reason;
}

function isBreaking({ risk }: Change): boolean {
  return risk === 'breaking';
}

function isSafe({ risk }: Change): boolean {
  return risk === 'safe';
}
