import { outputsOf } from '../build/build.ts';
import type { SystemModel } from '../local/assembly/model.ts';
import { systemModel } from '../local/assembly/system-model.ts';
import type { Connection } from './connection.ts';

/** Reads the resources of a running system from its cloud assembly. */
export function runningModel({ url }: Connection): SystemModel {
  return systemModel(outputsOf().assembly, { 'AWS::Cognito::UserPool': { ProviderURL: () => url } });
}
