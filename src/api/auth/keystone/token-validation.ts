import { InspectorError } from '../../../errors/inspector-error.ts';
import type { ServiceSession } from '../../../keystone/service-session.ts';
import { TokenCache, tokenKey } from './token-cache.ts';
import { readTokenDocument, type TokenDocument } from './token-document.ts';

/** Asks Keystone whether tokens are good. */
export interface TokenValidation {
  /**
   * `undefined` for a token that is not good. With `allowExpired` one that has expired is good for as long as
   * Keystone says.
   *
   * @throws InspectorError `unavailable` or `forbidden` when Keystone cannot be asked.
   */
  validate(token: string, allowExpired: boolean): Promise<TokenDocument | undefined>;
}

/** What asking goes by. */
export interface TokenValidationParts {
  /** To Keystone, with the credentials of this service. */
  readonly session: Pick<ServiceSession, 'send' | 'endpoint'>;
  readonly now: () => Date;
  /** Seconds. */
  readonly cacheTime: number;
  readonly includeCatalogue: boolean;
}

/** Tokens have no other characters; others must not get into a header. */
const possibleToken = /^[\x21-\x7e]+$/;

/** Good tokens are kept, bad ones are not; who asks for one that is being asked for waits for that answer. */
export function tokenValidation(parts: TokenValidationParts): TokenValidation {
  const cache = new TokenCache(parts.cacheTime, parts.now);
  const pending = new Map<string, Promise<TokenDocument | undefined>>();
  const ask = async (token: string, allowExpired: boolean) => {
    const document = await askKeystone(parts, token, allowExpired);
    if (document !== undefined) cache.set(tokenKey(token), document);
    return document;
  };
  return {
    async validate(token, allowExpired) {
      if (!possibleToken.test(token)) return undefined;
      const isGood = (document: TokenDocument) => allowExpired || document.expiresAt > parts.now().getTime();
      const known = cache.get(tokenKey(token));
      if (known !== undefined && isGood(known)) return known;
      const key = `${tokenKey(token)} ${allowExpired}`;
      const asking = pending.get(key) ?? ask(token, allowExpired).finally(() => void pending.delete(key));
      pending.set(key, asking);
      const document = await asking;
      return document !== undefined && isGood(document) ? document : undefined;
    },
  };
}

async function askKeystone(
  { session, includeCatalogue }: TokenValidationParts,
  token: string,
  allowExpired: boolean,
): Promise<TokenDocument | undefined> {
  const base = (await session.endpoint()).endsWith('/v3') ? '' : '/v3';
  const query = [...(includeCatalogue ? [] : ['nocatalog']), ...(allowExpired ? ['allow_expired=1'] : [])];
  const answer = await session.send({
    method: 'GET',
    path: `${base}/auth/tokens${query.length === 0 ? '' : `?${query.join('&')}`}`,
    headers: {
      accept: 'application/json',
      'x-subject-token': token,
      'openstack-identity-access-rules': '1',
    },
  });
  if (answer.status === 404) return undefined;
  const document = answer.status === 200 ? readTokenDocument(answer.body) : undefined;
  if (document !== undefined) return document;
  const hint =
    answer.status === 401 || answer.status === 403 ? '. Has its user the right to check tokens?' : '';
  throw new InspectorError(
    'unavailable',
    `[keystone_authtoken]: expected Keystone to say whether a token is good, got ${answer.status}${hint}`,
  );
}
