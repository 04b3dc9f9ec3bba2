import type { Template } from '../../assembly/read-assembly.ts';
import { creationOrder } from './dependencies.ts';
import { refusal } from './stack-error.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_BYTES = 1_000_000;
const MAX_INLINE_BYTES = 51_200;
const MAX_RESOURCES = 500;
const MAX_PARAMETERS = 200;
const MAX_OUTPUTS = 200;

/** Parses a template; throws CloudFormation's refusal of one that it would not accept. */
export function checkedTemplate(text: string, isInline: boolean): Template {
  const bytes = Buffer.byteLength(text);
  if (isInline && bytes > MAX_INLINE_BYTES)
    throw refusal(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_INLINE_BYTES}`,
    );
  if (bytes > MAX_BYTES) throw refusal(`Template may not exceed ${MAX_BYTES} bytes in size.`);
  const template = parsed(text);
  limit('resources', template.Resources, MAX_RESOURCES);
  limit('parameters', template.Parameters, MAX_PARAMETERS);
  limit('outputs', template.Outputs, MAX_OUTPUTS);
  try {
    creationOrder(template.Resources);
  } catch (error) {
    throw refusal((error as Error).message);
  }
  return template;
}

function parsed(text: string): Template {
  let template: Partial<Template>;
  try {
    template = JSON.parse(text) as Partial<Template>;
  } catch {
    throw refusal('Template format error: unsupported structure. The local run reads templates in JSON.');
  }
  const { Resources } = template;
  if (!Resources || Object.keys(Resources).length === 0)
    throw refusal('Template format error: At least one Resources member must be defined.');
  const untyped = Object.entries(Resources).find(([, { Type }]) => typeof Type !== 'string');
  if (untyped)
    throw refusal(
      `Template format error: [/Resources/${untyped[0]}] Every Resources object must contain a Type member.`,
    );
  return template as Template;
}

function limit(kind: string, members: object | undefined, maximum: number): void {
  const count = Object.keys(members ?? {}).length;
  if (count > maximum)
    throw refusal(`Template format error: Number of ${kind}, ${count}, is greater than maximum allowed, ${maximum}`);
}
