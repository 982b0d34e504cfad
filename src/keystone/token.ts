import { InspectorError } from '../errors/inspector-error.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import type { Logger } from '../logging/logger.ts';
import { maskSecretsInText } from '../logging/mask-secrets.ts';
import { type CatalogueEndpoint, readCatalogue } from './catalogue.ts';
import { type HttpAnswer, type HttpTransport, shownUrl } from './http-transport.ts';
import { identityUrl } from './identity-url.ts';

/** A token of Keystone, and what came with it. */
export interface Token {
  readonly id: string;
  /** Milliseconds since the epoch; infinite for a token that does not expire. */
  readonly expiresAt: number;
  readonly catalogue: readonly CatalogueEndpoint[];
  /** Empty for a token without project. */
  readonly projectId: string;
  readonly userId: string;
}

/** What is posted, and where. */
export interface TokenRequest {
  /** For errors: `swift`. */
  readonly section: string;
  readonly authUrl: string;
  readonly body: JsonObject;
  /** Where messages about it go, in place of the transport's own. */
  readonly log?: Logger | undefined;
}

/**
 * Asks Keystone for a token.
 *
 * @throws InspectorError `forbidden` when the credentials are refused, `unavailable` for no answer or a strange one.
 */
export async function requestToken(
  { section, authUrl, body, log }: TokenRequest,
  transport: HttpTransport,
): Promise<Token> {
  const url = `${await identityUrl(authUrl, transport, log)}/auth/tokens`;
  const answer = await transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    isRepeatable: true,
    log,
  });
  if (answer.status !== 201 && answer.status !== 200) throw refusal(section, url, answer);
  const token = objectIn(answer.body)?.['token'];
  const id = answer.headers['x-subject-token'];
  if (id === undefined || id === '' || !isObject(token)) {
    throw new InspectorError(
      'unavailable',
      `[${section}]auth_url: expected a token from ${shownUrl(url)}, got an answer without one. Is Keystone there?`,
    );
  }
  return tokenOf(id, token);
}

function tokenOf(id: string, token: JsonObject): Token {
  const { expires_at: expires } = token;
  const expiresAt = typeof expires === 'string' ? Date.parse(expires) : Number.NaN;
  return {
    id,
    expiresAt: Number.isNaN(expiresAt) ? Number.POSITIVE_INFINITY : expiresAt,
    catalogue: readCatalogue(token['catalog']),
    projectId: idOf(token['project']),
    userId: idOf(token['user']),
  };
}

function refusal(section: string, url: string, { status, body }: HttpAnswer): InspectorError {
  const error = objectIn(body)?.['error'];
  const said = isObject(error) && typeof error['message'] === 'string' ? error['message'] : '';
  const message = said === '' ? '' : `: ${maskSecretsInText(said.slice(0, 300))}`;
  const isAnswerOfKeystone = [400, 401, 403].includes(status);
  return isAnswerOfKeystone
    ? new InspectorError(
        'forbidden',
        `Keystone at ${shownUrl(url)} refuses the credentials of [${section}] with ${status}${message}. ` +
          'Check auth_type, the user, the password and the scope there',
      )
    : new InspectorError(
        'unavailable',
        `Keystone at ${shownUrl(url)} gave no token for [${section}]: it answered ${status}${message}`,
      );
}

function objectIn(body: Buffer): JsonObject | undefined {
  try {
    const value = JSON.parse(body.toString()) as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function idOf(value: JsonValue | undefined): string {
  return isObject(value) && typeof value['id'] === 'string' ? value['id'] : '';
}
