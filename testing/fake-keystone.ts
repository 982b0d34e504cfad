import type { Clock } from '../src/host/clock.ts';
import {
  type FakeAnswer,
  type FakeHttpService,
  fakeHttpService,
  type ReceivedRequest,
} from './fake-http-service.ts';

/** A Keystone with one user, `inspector` with the password `secret` in the domain `Default`. */
export interface FakeKeystone extends FakeHttpService {
  /** The tokens that were given out, oldest first. */
  readonly tokens: readonly string[];
  /** The bodies of the requests for tokens. */
  readonly logins: readonly unknown[];
  isValid(token: string | undefined): boolean;
  /** No token that was given out is good any more. */
  revokeAll(): void;
}

/** What differs from one test to another. */
export interface FakeKeystoneSettings {
  /** The `catalog` of tokens; by default one object store at `objectStore`, public and internal, in `RegionOne`. */
  readonly catalog?: unknown;
  readonly objectStore?: string;
  readonly clock?: Clock;
  /** Seconds that a token is good for. */
  readonly lifetime?: number;
  /** The password; also that of application credentials, and itself a token. */
  readonly secret?: string;
}

export async function fakeKeystone(settings: FakeKeystoneSettings = {}): Promise<FakeKeystone> {
  const { secret = 'secret', lifetime = 3600, clock } = settings;
  const tokens: string[] = [];
  const valid = new Set<string>();
  const logins: unknown[] = [];
  let url = '';
  const login = (body: string): FakeAnswer => {
    logins.push(JSON.parse(body));
    if (!body.includes(JSON.stringify(secret)))
      return refused(401, 'The request you have made requires authentication.');
    const token = `token-${tokens.length + 1}`;
    tokens.push(token);
    valid.add(token);
    const expires = new Date((clock?.now().getTime() ?? Date.now()) + lifetime * 1000).toISOString();
    return {
      status: 201,
      headers: { 'x-subject-token': token },
      body: JSON.stringify(tokenBody(expires, settings)),
    };
  };
  const service = await fakeHttpService(({ method, path, body }: ReceivedRequest) => {
    if (method === 'POST' && path === '/identity/v3/auth/tokens') return login(body);
    if (path === '/identity')
      return { status: 300, body: JSON.stringify({ versions: { values: [version(url)] } }) };
    if (path === '/identity/v3') return { status: 200, body: JSON.stringify({ version: version(url) }) };
    return refused(404, 'Not Found');
  });
  ({ url } = service);
  const isValid = (token: string | undefined) => token !== undefined && valid.has(token);
  return { ...service, url: `${url}/identity`, tokens, logins, isValid, revokeAll: () => valid.clear() };
}

function version(url: string) {
  const links = [{ rel: 'self', href: `${url}/identity/v3/` }];
  return { id: 'v3.14', status: 'stable', updated: '2020-04-07T00:00:00Z', links };
}

function refused(code: number, message: string): FakeAnswer {
  return { status: code, body: JSON.stringify({ error: { code, message, title: 'Unauthorized' } }) };
}

function tokenBody(
  expires: string,
  { catalog, objectStore = 'http://127.0.0.1:1/v1/AUTH_p1' }: FakeKeystoneSettings,
) {
  const endpoint = (name: string) => ({
    interface: name,
    region: 'RegionOne',
    region_id: 'RegionOne',
    url: objectStore,
  });
  const objectStores = [
    { type: 'object-store', name: 'swift', endpoints: ['public', 'internal'].map(endpoint) },
  ];
  return {
    token: {
      methods: ['password'],
      expires_at: expires,
      project: { id: 'p1', name: 'service' },
      user: { id: 'u1', name: 'inspector' },
      catalog: catalog ?? objectStores,
    },
  };
}
