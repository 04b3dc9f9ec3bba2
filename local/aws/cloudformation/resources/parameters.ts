import type { ResourceHandler } from '../resource-handler.ts';
import { handlerFailed } from '../stack-error.ts';

const STANDARD = 4_096;
const ADVANCED = 8_192;

const check: ResourceHandler['create'] = ({ properties }) => {
  const length = Buffer.byteLength(String(properties.Value));
  if (length > STANDARD && properties.Tier !== 'Advanced' && properties.Tier !== 'Intelligent-Tiering')
    throw handlerFailed(
      `Standard tier parameters support a maximum parameter value of ${STANDARD} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
      'InvalidRequest',
    );
  if (length > ADVANCED)
    throw handlerFailed(`Parameter values cannot be longer than ${ADVANCED} characters.`, 'InvalidRequest');
  return undefined;
};

/** SSM parameters; their values are in the model of the running system. */
export const PARAMETER_HANDLERS: Record<string, ResourceHandler> = {
  'AWS::SSM::Parameter': { create: check, update: check },
};
