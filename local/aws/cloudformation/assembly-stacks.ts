import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Stack, Template, TemplateResource } from '../../assembly/read-assembly.ts';

/** A stack of the running assembly, as it would be deployed. */
export interface AssemblyStack {
  name: string;
  template: Template;
  /** Text of the template, as the CDK would publish it. */
  text: string;
  /** Changes with the template. */
  hash: string;
}

/** Returns an assembly's stacks in the form in which the CDK deploys them: assets by their hash instead of a local path. */
export function assemblyStacks(stacks: Stack[]): AssemblyStack[] {
  return stacks.map(({ name, template }) => {
    const entries = Object.entries(template.Resources).map(([id, resource]) => [id, published(resource)]);
    const asDeployed: Template = { ...template, Resources: Object.fromEntries(entries) };
    const text = JSON.stringify(asDeployed, undefined, 1);
    return { name, template: asDeployed, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

/** Folders of the code of an assembly's functions, by asset key and by function name. */
export interface AssemblyCode {
  byKey: Map<string, string>;
  byFunction: Map<string, string>;
}

/** Returns where the code of an assembly's functions is. */
export function assemblyCode(stacks: Stack[], directory: string): AssemblyCode {
  const code: AssemblyCode = { byKey: new Map(), byFunction: new Map() };
  for (const resource of stacks.flatMap(({ template }) => Object.values(template.Resources))) {
    const [key, path] = [assetKey(resource), resource.Metadata?.['aws:asset:path']];
    if (!key || path === undefined) continue;
    const folder = resolve(directory, String(path));
    code.byKey.set(key, folder);
    code.byFunction.set(String(resource.Properties?.FunctionName), folder);
  }
  return code;
}

/** Returns the key of a function's code in the asset bucket; undefined if it has none. */
export function assetKey({ Type, Properties }: TemplateResource): string | undefined {
  if (Type !== 'AWS::Lambda::Function') return undefined;
  const { S3Key } = (Properties?.Code ?? {}) as { S3Key?: unknown };
  return typeof S3Key === 'string' ? S3Key : undefined;
}

function published(resource: TemplateResource): TemplateResource {
  const key = assetKey(resource);
  if (!key || resource.Metadata?.['aws:asset:path'] === undefined) return resource;
  return { ...resource, Metadata: { ...resource.Metadata, 'aws:asset:path': `asset.${key.replace(/\.zip$/, '')}` } };
}
