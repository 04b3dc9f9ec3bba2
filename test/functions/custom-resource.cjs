/**
 * Function of a custom resource. The property `how` says what it does: `fail` (with `reason`), `fail-update`, `silent`, `silent-delete`, or succeed;
 * `id` is the physical id.
 */
exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId, ...event }) => {
  const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  const { how, id = 'made', reason } = ResourceProperties;
  console.log(
    `custom ${JSON.stringify({ RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties })}`,
  );
  if (how === 'silent') console.log(`silent to ${ResponseURL}`);
  if (how === 'silent' || (how === 'silent-delete' && RequestType === 'Delete')) return;
  const fails = (how === 'fail' && RequestType !== 'Delete') || (how === 'fail-update' && RequestType === 'Update');
  const answer = {
    ...(fails ? { Status: 'FAILED', Reason: reason } : { Status: 'SUCCESS' }),
    PhysicalResourceId: id,
    StackId,
    RequestId,
    LogicalResourceId,
    Data: { Word: `word of ${id}` },
  };
  await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
};
