/** Returns an element; arrays become `member` elements, undefined nothing. */
export function xml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => xml('member', each)).join('');
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value as object)
    .map(([name, each]) => xml(name, each))
    .join('');
}

function escapeXml(text: string): string {
  // XML 1.0 has no other control characters, not even escaped.
  const allowed = text.replace(/[^\t\n\r\u{20}-\u{10FFFF}]/gu, ' ');
  return allowed.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
