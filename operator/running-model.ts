import { outputsOf } from '../build/build.ts';
import type { SystemModel } from '../local/assembly/model.ts';
import { readSystemModel } from '../local/assembly/read-system-model.ts';
import type { Connection } from './connection.ts';

/** Reads the resources of a running system from its cloud assembly. */
export function runningModel({ url }: Connection): SystemModel {
  return readSystemModel(outputsOf().assembly, { 'AWS::Cognito::UserPool': { ProviderURL: () => url } });
}
