/** Release with a defect: the service in SERVICE_BUNDLE, of whose calls every fifth fails. */
const { handler } = require(process.env.SERVICE_BUNDLE);

let calls = 0;

exports.handler = async (event, context) => {
  if (++calls % 5 === 0) throw new Error('one in five');
  return handler(event, context);
};
