import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../../assembly/arns.ts';
import { AwsError } from '../aws-service.ts';
import { type QueryInput, recordsIn, stringsIn } from '../query-protocol.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import type { GivenParameter } from './parameters.ts';
import { refusal } from './stack-error.ts';
import type { StackRecord } from './stack-record.ts';

/** Returns the text of the template that a call names, and whether it is in the call itself. */
export function templateIn(
  input: QueryInput,
  objects: ObjectStore,
  previous: StackRecord | undefined,
): { text: string; isInline: boolean } {
  const [body, url] = [input.get('TemplateBody'), input.get('TemplateURL')];
  if (body) return { text: body, isInline: true };
  if (url) {
    const text = objects.get(decodeURIComponent(url.split('?')[0]?.split('/').pop() ?? ''))?.toString('utf8');
    if (text === undefined) throw refusal(`S3 error: The specified key does not exist: ${url}`);
    return { text, isInline: false };
  }
  if (input.get('UsePreviousTemplate') === 'true' && previous?.template)
    return { text: previous.template, isInline: false };
  throw refusal('Either Template URL or Template Body must be specified.');
}

/** Returns the parameters in a call. */
export function parametersIn(input: QueryInput): GivenParameter[] {
  return recordsIn(input, 'Parameters').map(({ ParameterKey = '', ParameterValue, UsePreviousValue }) => ({
    key: ParameterKey,
    value: ParameterValue,
    usesPrevious: UsePreviousValue === 'true',
  }));
}

/** Returns the tags in a call. */
export function tagsIn(input: QueryInput): Record<string, string> {
  return Object.fromEntries(recordsIn(input, 'Tags').map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Returns the capabilities in a call. Throws CloudFormation's refusal if the template needs another one. */
export function capabilitiesIn(input: QueryInput, template: string): string[] {
  const capabilities = stringsIn(input, 'Capabilities');
  const needed = /"(Role|Group|User|ManagedPolicy)Name":/.test(template) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  if (!/"AWS::IAM::/.test(template) || capabilities.some((each) => /^CAPABILITY_(NAMED_)?IAM$/.test(each)))
    return capabilities;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}

/** Returns the ARN of a new change set. */
export function changeSetId(name: string): string {
  return `arn:aws:cloudformation:${LOCAL_ACCOUNT.region}:${LOCAL_ACCOUNT.accountId}:changeSet/${name}/${randomUUID()}`;
}
