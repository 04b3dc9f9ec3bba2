/** Operation in a shared address. Headers and tokens are never shared. */
export interface SharedOperation {
  query: string;
  /** JSON, as in the editor. */
  variables?: string;
  operationName?: string;
}

const PREFIX = '#share=';

/** Returns the address fragment of an operation: its JSON, compressed, in base64url. */
export async function fragmentOf({ query, variables, operationName }: SharedOperation): Promise<string> {
  const json = JSON.stringify({
    query,
    ...(variables?.trim() && { variables }),
    ...(operationName && { operationName }),
  });
  const bytes = await transformed(new Blob([json]), new CompressionStream('deflate-raw'));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return PREFIX + text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads the operation in an address fragment; undefined if it has none, or is damaged. */
export async function operationIn(fragment: string): Promise<SharedOperation | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  try {
    const text = atob(fragment.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const json = await transformed(new Blob([bytes]), new DecompressionStream('deflate-raw'));
    const { query, variables, operationName } = JSON.parse(new TextDecoder().decode(json));
    return typeof query === 'string' ? { query, ...textsIn({ variables, operationName }) } : undefined;
  } catch {
    return undefined;
  }
}

function textsIn(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

async function transformed(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  return new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer());
}
