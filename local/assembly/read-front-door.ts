import { functionRef } from '../aws/lambda/function-ref.ts';
import { type ResourceReader, reportUnsupported } from './resource-reader.ts';

/** Readers for the function URL and the user pool client. */
export const FRONT_DOOR_READERS: Record<string, ResourceReader> = {
  'AWS::Lambda::Url': (properties, model, context) => {
    const { TargetFunctionArn, Qualifier = '$LATEST', AuthType, InvokeMode } = properties;
    reportUnsupported(properties, ['Cors', ...(AuthType === 'NONE' ? [] : ['AuthType'])], model, context);
    // One port serves one URL.
    if (model.url) return reportUnsupported(properties, ['TargetFunctionArn'], model, context);
    const { name, qualifier = String(Qualifier) } = functionRef(String(TargetFunctionArn));
    model.url = { functionName: name, qualifier, isStreamed: InvokeMode === 'RESPONSE_STREAM' };
  },
  'AWS::Cognito::UserPoolClient': (_, model, { logicalId }) => {
    model.audience = logicalId;
  },
};
