/** Credential provider of the AWS SDK's clients in a Lambda; replaces `@aws-sdk/credential-provider-node`. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
