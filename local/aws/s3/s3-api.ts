import type { AwsRequest, AwsResponse } from '../aws-request.ts';
import { type Access, AwsError, type AwsService } from '../aws-service.ts';
import { xml } from '../xml.ts';
import type { ObjectStore } from './object-store.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** S3 for the CDK's asset bucket: addresses in path style; any bucket name is the same bucket. */
export class S3Api implements AwsService {
  readonly #store: ObjectStore;
  /** Parts of uploads in progress, by upload id. */
  readonly #uploads = new Map<string, Buffer[]>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  accesses({ method, url }: AwsRequest): Access[] {
    const { bucket, key } = addressOf(url);
    return [{ action: `s3:${method === 'GET' ? 'Get' : 'Put'}Object`, resource: `arn:aws:s3:::${bucket}/${key}` }];
  }

  async handle(request: AwsRequest): Promise<AwsResponse | undefined> {
    const { bucket, key, query } = addressOf(request.url);
    return key ? this.#object(request, key, query) : this.#bucket(request, bucket, query);
  }

  #bucket({ method }: AwsRequest, bucket: string, query: URLSearchParams): AwsResponse | undefined {
    if (method === 'HEAD') return respond('');
    if (method !== 'GET') return undefined;
    if (query.has('location')) return respond(`<LocationConstraint xmlns="${NAMESPACE}"/>`);
    if (query.has('encryption')) return respond(xml('ServerSideEncryptionConfiguration', ENCRYPTION));
    if (query.get('list-type') === '2') return respond(this.#list(bucket, query.get('prefix') ?? ''));
    return undefined;
  }

  #list(bucket: string, prefix: string): string {
    const contents = this.#store
      .list(prefix)
      .map(({ key, size, modified }) => xml('Contents', { Key: key, Size: size, LastModified: modified }));
    const head = { Name: bucket, Prefix: prefix, KeyCount: contents.length, MaxKeys: 1_000, IsTruncated: false };
    return `<ListBucketResult xmlns="${NAMESPACE}">${fields(head)}${contents.join('')}</ListBucketResult>`;
  }

  #object(request: AwsRequest, key: string, query: URLSearchParams): AwsResponse | undefined {
    const { method, body } = request;
    const upload = query.get('uploadId');
    if (method === 'PUT' && upload) return this.#putPart(upload, Number(query.get('partNumber')), body);
    if (method === 'PUT') return respond('', { etag: `"${this.#store.put(key, body)}"` });
    if (method === 'POST' && query.has('uploads')) return this.#beginUpload(key);
    if (method === 'POST' && upload) return this.#completeUpload(upload, key);
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const content = this.#store.get(key);
    if (!content) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(content.length) };
    return { status: 200, headers, body: method === 'GET' ? content : '' };
  }

  #beginUpload(key: string): AwsResponse {
    const id = `${this.#uploads.size + 1}-${key}`;
    this.#uploads.set(id, []);
    return respond(xml('InitiateMultipartUploadResult', { Bucket: 'assets', Key: key, UploadId: id }));
  }

  #putPart(upload: string, number: number, body: Buffer): AwsResponse {
    const parts = this.#uploads.get(upload);
    if (!parts) throw new AwsError('NoSuchUpload', 'The specified multipart upload does not exist.', 404);
    parts[number - 1] = body;
    return respond('', { etag: `"part-${number}"` });
  }

  #completeUpload(upload: string, key: string): AwsResponse {
    const etag = this.#store.put(key, Buffer.concat(this.#uploads.get(upload) ?? []));
    this.#uploads.delete(upload);
    return respond(xml('CompleteMultipartUploadResult', { Bucket: 'assets', Key: key, ETag: `"${etag}"` }));
  }
}

const ENCRYPTION = { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } };

/** Returns an error response in S3's format. */
export function s3Error({ status, type, message }: Pick<AwsError, 'status' | 'type' | 'message'>): AwsResponse {
  return { ...respond(xml('Error', { Code: type, Message: message, RequestId: 'local' })), status };
}

function respond(body: string, headers: Record<string, string> = {}): AwsResponse {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function fields(record: object): string {
  return Object.entries(record)
    .map(([name, value]) => xml(name, value))
    .join('');
}

function addressOf(url: string): { bucket: string; key: string; query: URLSearchParams } {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [bucket = '', ...key] = decodeURIComponent(pathname).slice(1).split('/');
  return { bucket, key: key.join('/'), query: searchParams };
}
