import { stringScalar } from './scalars.ts';
import { isPublicWebUrl, isWebUrl } from './web-url.ts';

/** An http or https URL on the public internet. */
export const UrlScalar = stringScalar({
  name: 'URL',
  rule: 'be a public web address of at most 2,048 characters and without credentials, like "https://example.com/photo.jpg"',
  isValid: isPublicWebUrl,
  isValidOutput: isWebUrl,
});
