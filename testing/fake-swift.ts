import { createHash } from 'node:crypto';
import {
  type FakeAnswer,
  type FakeHttpService,
  fakeHttpService,
  type ReceivedRequest,
} from './fake-http-service.ts';

/** An object as the fake keeps it. */
export interface StoredObject {
  readonly text: string;
  readonly headers: ReceivedRequest['headers'];
}

/** A Swift with one account, whose containers are made with PUT as in the real one. */
export interface FakeSwift extends FakeHttpService {
  /** Of the account: `http://127.0.0.1:41234/v1/AUTH_p1`. */
  readonly url: string;
  /** By `<container>/<object>`. */
  readonly objects: Map<string, StoredObject>;
  readonly containers: Set<string>;
}

const account = '/v1/AUTH_p1';

/** @param accepts Whether a token is good; by default all are, even none. */
export async function fakeSwift(
  accepts: (token: string | undefined) => boolean = () => true,
): Promise<FakeSwift> {
  const objects = new Map<string, StoredObject>();
  const containers = new Set<string>();
  const service = await fakeHttpService((request) => {
    if (!accepts(request.headers['x-auth-token']))
      return { status: 401, body: '<html><h1>Unauthorized</h1></html>' };
    const [container = '', object] = decodeURIComponent(request.path.slice(account.length + 1)).split('/');
    if (object === undefined) return containerAnswer(request.method, container, containers);
    if (!containers.has(container)) return notFound;
    return objectAnswer(request, `${container}/${object}`, objects);
  });
  return { ...service, url: `${service.url}${account}`, objects, containers };
}

const notFound = {
  status: 404,
  body: '<html><h1>Not Found</h1><p>The resource could not be found.</p></html>',
};

function containerAnswer(method: string, name: string, containers: Set<string>): FakeAnswer {
  if (method !== 'PUT') return { status: containers.has(name) ? 204 : 404 };
  const status = containers.has(name) ? 202 : 201;
  containers.add(name);
  return { status };
}

function objectAnswer(
  { method, headers, body }: ReceivedRequest,
  name: string,
  objects: Map<string, StoredObject>,
): FakeAnswer {
  if (method === 'PUT') {
    objects.set(name, { text: body, headers });
    return { status: 201, headers: { etag: md5(body) } };
  }
  const found = objects.get(name);
  if (found === undefined) return method === 'HEAD' ? { status: 404 } : notFound;
  const answer = { status: 200, headers: { etag: `"${md5(found.text)}"` } };
  return method === 'HEAD' ? answer : { ...answer, body: found.text };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
