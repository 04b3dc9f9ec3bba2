/** CORS headers that CloudFront adds; https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html */
export interface Cors {
  /** Origins, `*`, or all origins of a scheme: `https://*`. */
  allowOrigins: string[];
  allowMethods: string[];
  allowHeaders: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  /** Seconds that browsers cache a preflight response. */
  maxAge: number;
}

/** Returns the CORS headers for an origin; none if it is not allowed. */
export function corsHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  if (!origin || !cors.allowOrigins.some((allowed) => matchesOrigin(allowed, origin))) return {};
  return {
    ...(cors.allowOrigins.includes('*') && !cors.allowCredentials
      ? { 'access-control-allow-origin': '*' }
      : { 'access-control-allow-origin': origin, vary: 'Origin' }),
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposeHeaders?.length && { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
  };
}

function matchesOrigin(allowed: string, origin: string): boolean {
  return allowed.endsWith('*') ? origin.startsWith(allowed.slice(0, -1)) : allowed === origin;
}
