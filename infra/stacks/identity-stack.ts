import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
} from 'aws-cdk-lib/aws-cognito';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { graphPath } from '../../build/discover.ts';
import { graphRoot } from '../constructs/bundle-folder.ts';
import { type Settings, serviceName } from '../settings.ts';

/** Returns the names of the SSM parameters with the issuer and audience. Unlike exports, they couple no stacks. */
export function identityParameters({ graph, stage }: Settings) {
  return { issuer: `/${graph}/${stage}/identity/issuer`, audience: `/${graph}/${stage}/identity/audience` };
}

/** Cognito user pool, its client for web and mobile apps, and the graph's user groups. */
export class IdentityStack extends Stack {
  constructor(scope: Construct, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, serviceName(settings, 'identity'), { description: `Identity of ${settings.graph}`, ...props });
    const pool = new UserPool(this, 'Users', {
      userPoolName: serviceName(settings, 'users'),
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: settings.protected,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions::AwsSolutions-COG2',
      reason: 'Multi-factor authentication is optional for users.',
    });
    const client = pool.addClient('App', {
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
    });
    for (const [groupName, description] of Object.entries(groupsOf(this)))
      new CfnUserPoolGroup(this, `Group${groupName}`, { userPoolId: pool.userPoolId, groupName, description });

    const names = identityParameters(settings);
    new StringParameter(this, 'Issuer', { parameterName: names.issuer, stringValue: pool.userPoolProviderUrl });
    new StringParameter(this, 'Audience', { parameterName: names.audience, stringValue: client.userPoolClientId });
  }
}

/** Reads the user groups and their descriptions from `groups.json` in the graph folder; empty without it. */
function groupsOf(scope: Construct): Record<string, string> {
  const root = graphRoot(scope);
  const file = join(root, graphPath('groups.json', root));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
