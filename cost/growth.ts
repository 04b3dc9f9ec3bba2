/** Dollars as a function of the items in a response. */
export interface Growth {
  fixed: number;
  perItem: number;
}

/** Returns the line with the least squares; undefined without two different numbers of items. */
export function growthOf(points: readonly { items: number; dollars: number }[]): Growth | undefined {
  const mean = (of: (point: { items: number; dollars: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [items, dollars] = [mean((point) => point.items), mean((point) => point.dollars)];
  const variance = mean((point) => (point.items - items) ** 2);
  if (!(variance > 0)) return undefined;
  const perItem = mean((point) => (point.items - items) * (point.dollars - dollars)) / variance;
  return { fixed: dollars - perItem * items, perItem };
}
