import { outputsOf } from '../build/build.ts';
import type { SystemModel } from '../local/assembly/model.ts';
import { systemModel } from '../local/assembly/system-model.ts';
import type { Connection } from './connection.ts';

/** What a running system is made of, as its cloud assembly declares it. */
export function runningModel({ url }: Connection): SystemModel {
  return systemModel(outputsOf().assembly, { 'AWS::Cognito::UserPool': { ProviderURL: () => url } });
}
