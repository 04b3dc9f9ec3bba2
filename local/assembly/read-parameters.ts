import type { ResourceReader } from './resource-reader.ts';

/** Readers for SSM parameters. */
export const PARAMETER_READERS: Record<string, ResourceReader> = {
  'AWS::SSM::Parameter': ({ Name, Value }, model, { logicalId }) => {
    model.parameters.push({ name: String(Name ?? logicalId), value: String(Value) });
  },
};
