/** Splits lines into parts of at most so many characters; a longer line is a part of its own. */
export function splitBySize(lines: readonly string[], maximum: number): string[][] {
  const parts: string[][] = [];
  let size = 0;
  for (const line of lines) {
    size += line.length;
    const part = parts.at(-1);
    if (part && size <= maximum) part.push(line);
    else {
      parts.push([line]);
      size = line.length;
    }
  }
  return parts;
}
