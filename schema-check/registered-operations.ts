import * as z from 'zod/mini';

/** An operation that a client has registered. */
export interface RegisteredOperation {
  /** The client, called like its manifest's file. */
  client: string;
  id: string;
  name: string;
  body: string;
}

/** A client's manifest, as it is committed. */
export interface ManifestText {
  /** Path from the top of the project. */
  file: string;
  json: string;
}

/** A manifest that cannot be read. */
class ManifestInvalid extends Error {
  override name = 'ManifestInvalid';
}

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
});

/** The operations of a client's manifest; throws ManifestInvalid, naming what is wrong. */
export function readManifest({ file, json }: ManifestText): RegisteredOperation[] {
  const client = file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const manifest = Manifest.safeParse(parsed(file, json));
  if (manifest.success) return manifest.data.operations.map(({ id, name, body }) => ({ client, id, name, body }));
  const [issue] = manifest.error.issues;
  throw new ManifestInvalid(`${file} is not a persisted-query manifest: ${issue?.path.join('.')}: ${issue?.message}`);
}

function parsed(file: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ManifestInvalid(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
