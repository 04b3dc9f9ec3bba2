/** What the AWS SDK's clients find credentials by in a Lambda, in place of `@aws-sdk/credential-provider-node`. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
