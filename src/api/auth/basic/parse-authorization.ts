/** User and password of a request, the latter as bytes, which may be in any encoding; or why there is no telling. */
export type BasicCredentials =
  | { readonly user: string; readonly password: Uint8Array }
  | { readonly problem: string };

/**
 * What an `Authorization` header says, in the words of the original where it says nothing. Blanks around and
 * between the parts do not matter, nor the case of the scheme.
 */
export function parseAuthorization(header: string): BasicCredentials {
  const [scheme = '', token, ...more] = header.trim().split(/\s+/);
  if (token === undefined || more.length > 0) return { problem: 'Could not parse Authorization header' };
  if (scheme.toLowerCase() !== 'basic') return { problem: `Unsupported authorization type "${scheme}"` };
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(token) && token.length % 4 === 0;
  const bytes = Buffer.from(isBase64 ? token : '', 'base64');
  const colon = bytes.indexOf(':');
  const user = colon < 0 ? undefined : decoded(bytes.subarray(0, colon));
  if (user === undefined) return { problem: 'Could not decode authorization token' };
  return { user, password: bytes.subarray(colon + 1) };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
