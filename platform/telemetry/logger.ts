/** Powertools' logger in a separate module, so that it can be loaded lazily. */
export { Logger } from '@aws-lambda-powertools/logger';
