/** Returns the depth of each fetch in the dependency graph; a fetch comes after those that it needs. */
export function fetchLevels(fetches: readonly { after: readonly number[] }[]): number[] {
  const levels: number[] = [];
  for (const { after } of fetches) levels.push(Math.max(-1, ...after.map((each) => levels[each] ?? 0)) + 1);
  return levels;
}
