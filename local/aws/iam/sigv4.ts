import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** An HTTP request as received. */
export interface SignedRequest {
  method: string;
  /** Path and query. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Access key that signed a request, and the service it signed for. */
export interface Signer {
  accessKeyId: string;
  service: string;
}

/** Invalid signature; `type` is AWS's error code. */
export class SignatureRefused extends Error {
  override name = 'SignatureRefused';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const UNSIGNED = 'UNSIGNED-PAYLOAD';
const FIVE_MINUTES = 300_000;

/**
 * Verifies a request's version 4 signature; `secretOf` returns the secret of an access key. Throws SignatureRefused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(
  request: SignedRequest,
  secretOf: (accessKeyId: string) => string | undefined,
  now: number,
): Signer {
  const authorization = request.headers.authorization;
  if (!authorization) throw new SignatureRefused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, accessKeyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] =
    AUTHORIZATION.exec(String(authorization)) ?? [];
  if (!signature)
    throw new SignatureRefused(
      'IncompleteSignatureException',
      'The Authorization header is not a version 4 signature.',
    );
  const secret = secretOf(accessKeyId);
  if (!secret)
    throw new SignatureRefused('UnrecognizedClientException', 'The security token included in the request is invalid.');
  const timestamp = String(request.headers['x-amz-date']);
  if (!(Math.abs(now - epochOf(timestamp)) <= FIVE_MINUTES)) {
    throw new SignatureRefused('InvalidSignatureException', `Signature expired or not yet current: ${timestamp}`);
  }
  const unsigned = Object.keys(request.headers).find((name) => mustBeSigned(name) && !isSigned(name, signedHeaders));
  if (unsigned)
    throw new SignatureRefused('InvalidSignatureException', `The header "${unsigned}" must be part of the signature.`);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonicalRequest(request, signedHeaders, service))].join(
    '\n',
  );
  const expected = hmac(signingKey(secret, date, region, service), toSign);
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    throw new SignatureRefused(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  return { accessKeyId, service };
}

function mustBeSigned(name: string): boolean {
  return name === 'host' || name.startsWith('x-amz-');
}

function isSigned(name: string, signedHeaders: string): boolean {
  return signedHeaders.split(';').includes(name);
}

function canonicalRequest(
  { method, url, headers, body }: SignedRequest,
  signedHeaders: string,
  service: string,
): string {
  // S3's paths are encoded once, all others twice.
  const encodePart = service === 's3' ? (part: string) => part : encode;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const query = [...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`);
  return [
    method,
    pathname.split('/').map(encodePart).join('/'),
    query.join('&'),
    ...lines,
    '',
    signedHeaders,
    payloadHash(service, headers, body),
  ].join('\n');
}

/** S3's clients may leave out the content, which TLS protects. */
function payloadHash(service: string, headers: SignedRequest['headers'], body: Buffer): string {
  const declared = headers['x-amz-content-sha256'];
  return service === 's3' && declared === UNSIGNED ? UNSIGNED : sha256(body);
}

const signingKeys = new Map<string, Buffer>();

/** Returns the signing key of a day, region and service; cached, because deriving it takes four hashes. */
function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  const id = [secret, date, region, service].join('/');
  const cached = signingKeys.get(id);
  if (cached) return cached;
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  signingKeys.set(id, key);
  return key;
}

function epochOf(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}

function sha256(data: string | Buffer): string {
  return hash('sha256', data);
}
