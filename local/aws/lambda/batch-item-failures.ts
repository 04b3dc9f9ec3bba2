/**
 * Returns the identifiers in a function's `batchItemFailures`; undefined for a malformed report, which fails the whole batch. An
 * empty or missing response or list is success: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function batchItemFailures(body: string): unknown[] | undefined {
  const response = parseJson(body);
  if (response === null) return [];
  if (typeof response !== 'object' || Array.isArray(response)) return undefined;
  const { batchItemFailures: list = null } = response as { batchItemFailures?: unknown };
  if (list === null) return [];
  if (!Array.isArray(list)) return undefined;
  return list.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
}

/** Returns undefined if the text is not JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body || 'null');
  } catch {
    return undefined;
  }
}
