import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { LIVE_ALIAS } from '#platform/function-names.ts';
import { BundledFunction, type BundledFunctionProps } from './bundled-function.ts';
import { SafeDeployment } from './safe-deployment.ts';

/** A Lambda function invoked by its alias `live`, which shifts to new versions guarded by alarms. */
export class ServiceFunction extends BundledFunction {
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id, props);
    const { settings, service, timeout } = props;
    this.alias = new Alias(this, 'Live', { aliasName: LIVE_ALIAS, version: this.function.currentVersion });
    new SafeDeployment(this, 'Safety', { settings, service, alias: this.alias, timeout });
  }
}
