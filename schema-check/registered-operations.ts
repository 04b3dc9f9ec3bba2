import * as z from 'zod/mini';

/** A client's registered operation. */
export interface RegisteredOperation {
  /** Client name, from the manifest's file name. */
  client: string;
  id: string;
  name: string;
  body: string;
}

/** A client's committed manifest. */
export interface ManifestText {
  /** Path relative to the project root. */
  file: string;
  json: string;
}

/** The manifest is malformed. */
class ManifestInvalid extends Error {
  override name = 'ManifestInvalid';
}

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string() })),
});

/** Parses a client's manifest; throws ManifestInvalid with the reason. */
export function readManifest({ file, json }: ManifestText): RegisteredOperation[] {
  const client = file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
  const manifest = Manifest.safeParse(parseJson(file, json));
  if (manifest.success) return manifest.data.operations.map(({ id, name, body }) => ({ client, id, name, body }));
  const [issue] = manifest.error.issues;
  throw new ManifestInvalid(`${file} is not a persisted-query manifest: ${issue?.path.join('.')}: ${issue?.message}`);
}

function parseJson(file: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ManifestInvalid(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
