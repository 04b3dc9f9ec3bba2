import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';

/** Bytes for the problems, of CloudFormation's maximum of 4096. */
const MAX_REASON = 3_000;
const MAX_PROBLEM_LENGTH = 1_000;
const PUT_LIMIT_MS = 5_000;

/**
 * Sends CloudFormation the status of a custom resource: failed if there are problems. Throws if the response is rejected.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function answer(event: CloudFormationCustomResourceEvent, problems: string[]): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const PhysicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : LogicalResourceId;
  const result: CloudFormationCustomResourceResponse = {
    ...(problems.length > 0 ? { Status: 'FAILED', Reason: reasonOf(problems) } : { Status: 'SUCCESS' }),
    PhysicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
  };
  const response = await fetch(ResponseURL, {
    method: 'PUT',
    // The URL is signed for this content type.
    headers: { 'content-type': '' },
    body: JSON.stringify(result),
    signal: AbortSignal.timeout(PUT_LIMIT_MS),
  });
  if (!response.ok) throw new Error(`CloudFormation rejected the response: ${response.status}`);
}

/** Joins as many problems as fit, one per line. */
function reasonOf(problems: string[]): string {
  let room = MAX_REASON;
  const lines = problems.map((problem) => `- ${problem.slice(0, MAX_PROBLEM_LENGTH)}`);
  const told = lines.filter((line) => {
    room -= Buffer.byteLength(JSON.stringify(line));
    return room >= 0;
  });
  const omitted = lines.length - told.length;
  const more = omitted > 0 ? [`and ${omitted} more, in the function's log`] : [];
  return ['This gateway cannot be deployed:', ...told, ...more].join('\n');
}
