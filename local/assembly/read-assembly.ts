import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource of a CloudFormation template, with its properties unresolved. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  Condition?: string;
  UpdatePolicy?: Record<string, unknown>;
}

/** The parts of a CloudFormation template that the local run reads. */
export interface Template {
  Parameters?: Record<string, { Type: string; Default?: string }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Resources: Record<string, TemplateResource>;
}

export interface Stack {
  name: string;
  template: Template;
}

interface Manifest {
  artifacts: Record<string, { type: string; properties?: { templateFile?: string; stackName?: string } }>;
}

/** Reads the stacks of a synthesized cloud assembly, https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-app */
export function readAssembly(directory: string): Stack[] {
  const file = join(directory, 'manifest.json');
  if (!existsSync(file)) throw new Error(`There is no cloud assembly in ${directory}: run "npm run synth" first.`);
  const { artifacts } = readJson<Manifest>(file);
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties = {} }]) => ({
      name: properties.stackName ?? id,
      template: readJson<Template>(join(directory, properties.templateFile ?? `${id}.template.json`)),
    }));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
