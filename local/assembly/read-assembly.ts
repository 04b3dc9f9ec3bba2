import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource of a CloudFormation template, with its properties unresolved. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  Condition?: string;
  UpdatePolicy?: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** The parts of a CloudFormation template that the local run reads. */
export interface Template {
  Description?: string;
  Parameters?: Record<string, { Type: string; Default?: string; Description?: string; NoEcho?: boolean }>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Description?: string; Export?: { Name: unknown }; Condition?: string }>;
}

/** What a created resource returned: its physical id, and attributes that a template cannot give. */
export interface ResourceValues {
  physicalId: string;
  attributes: Record<string, string>;
}

export interface Stack {
  name: string;
  template: Template;
  /** Values of parameters, where they are not the defaults. */
  parameters?: Record<string, string>;
  /** Values of created resources by logical id; undefined for those that follow from the template. */
  values?: Record<string, ResourceValues>;
  /** Returns the folder of a function's code in the asset bucket; by default, code is in the assembly. */
  codeFolder?: (resource: TemplateResource) => string | undefined;
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
