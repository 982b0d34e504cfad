import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import type { HttpAnswer, HttpTransport } from './http-transport.ts';

/**
 * The URL of Keystone's API v3, without a slash at its end. An `auth_url` that ends in `/v3` is that; another is
 * asked for its versions, and where it does not tell, `/v3` is taken to lie below it.
 *
 * What the answer names counts only by its path: credentials go to no other server than the one configured
 * (docs/compatibility.md, keystone-stays-where-configured).
 *
 * @throws NoAnswer
 */
export async function identityUrl(authUrl: string, transport: HttpTransport, log?: Logger): Promise<string> {
  const base = authUrl.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  if (base.endsWith('/v3')) return base;
  const guess = `${base.replace(/\/v2\.0$/, '')}/v3`;
  const answer = await transport.send({
    method: 'GET',
    url: base,
    headers: { accept: 'application/json' },
    log,
  });
  const path = advertisedPath(answer, base);
  return path === undefined ? guess : `${new URL(base).origin}${path}`;
}

function advertisedPath({ body }: HttpAnswer, base: string): string | undefined {
  for (const version of versionsIn(jsonOf(body))) {
    if (typeof version['id'] !== 'string' || !version['id'].startsWith('v3')) continue;
    const links = Array.isArray(version['links']) ? version['links'].filter(isObject) : [];
    const href = links.find(({ rel }) => rel === 'self')?.['href'];
    const url = typeof href === 'string' ? URL.parse(href, base) : null;
    if (url !== null) return url.pathname.replace(/\/+$/, '');
  }
  return undefined;
}

/** Both forms: of the unversioned root, and of one version. */
function versionsIn(document: JsonValue | undefined): JsonObject[] {
  if (!isObject(document)) return [];
  const { version, versions } = document;
  const values = isObject(versions) ? versions['values'] : versions;
  return [version, ...(Array.isArray(values) ? values : [])].filter(isObject);
}

function jsonOf(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString()) as JsonValue;
  } catch {
    return undefined;
  }
}
