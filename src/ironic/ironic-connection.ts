import { InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { JsonValue } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import type { HttpAnswer } from '../keystone/http-transport.ts';
import type { RetrySurroundings } from '../keystone/retrying-transport.ts';
import type { ServiceRequest, ServiceSession } from '../keystone/service-session.ts';
import type { Logger } from '../logging/logger.ts';
import { type VersionRange, versionHeaders, versionsIn, versionToUse } from './api-version.ts';
import { IronicFault } from './ironic-fault.ts';
import { delayAfter, type RepeatPolicy } from './repeat-policy.ts';

/** One call of Ironic's API. */
export interface IronicRequest {
  readonly method: ServiceRequest['method'];
  /** Below `/v1`, with a slash before it; percent-encoded where needed. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  /** The newest version of the API that the caller knows what to do with: 92 for 1.92. */
  readonly newestKnown: number;
  /** The version in which the call came to be. */
  readonly since?: number;
  /** Sending it twice does no harm although its method promises no such thing. */
  readonly isRepeatable?: boolean;
  /** Where messages about it go, in place of the connection's own log. */
  readonly log?: Logger | undefined;
}

/** Ironic's API, in a version that both sides know. */
export interface IronicConnection {
  /**
   * The document of the answer; `null` where there is none.
   *
   * @throws IronicFault for an answer that is an error, when it stays one over the policy's tries.
   * @throws InspectorError `unavailable` when there is no answer, or one that is none of Ironic's, `invalid` when
   *   the call came after the newest version of this Ironic.
   */
  call(request: IronicRequest): Promise<JsonValue>;
  /** Whether the API is at least at this version; also where it does not say. @throws as `call` */
  isAtLeast(minor: number, log?: Logger): Promise<boolean>;
}

/** A page of a thousand nodes with all their fields stays below. */
const answerLimits = { depth: 128, members: 5_000_000 };

interface ConnectionParts extends RetrySurroundings {
  readonly policy: RepeatPolicy;
}

/** An Ironic over a session. The version is asked for once, and again when it is not accepted any more. */
export function ironicConnection(session: ServiceSession, on: ConnectionParts): IronicConnection {
  let negotiated: Promise<VersionRange | undefined> | undefined;
  const versions = (log: Logger) => {
    negotiated ??= negotiate(session, { ...on, log }).catch((error: unknown) => {
      negotiated = undefined;
      throw error;
    });
    return negotiated;
  };
  const call = async (request: IronicRequest, log: Logger): Promise<JsonValue> => {
    const range = await versions(log);
    const wanted = range === undefined ? undefined : versionToUse(range, request.newestKnown);
    if (wanted !== undefined && wanted < (request.since ?? 0)) throw tooOld(request, wanted);
    return documentOf(describe(request), await send(session, request, wanted, { ...on, log }));
  };
  return {
    async call(request) {
      const { log = on.log } = request;
      try {
        return await call(request, log);
      } catch (error) {
        if (!(error instanceof IronicFault) || error.status !== 406) throw error;
        log.warning(`Ironic does not take the version of its API any more, asking anew: ${error.message}`);
        negotiated = undefined;
        return call(request, log);
      }
    },
    async isAtLeast(minor, log = on.log) {
      const range = await versions(log);
      return range === undefined || range.max >= minor;
    },
  };
}

/** An endpoint may be that of the service or, in older catalogues, that of its first version. */
async function versionPath(session: ServiceSession): Promise<'' | '/v1'> {
  const endpoint = await reaching('looking for it', () => session.endpoint());
  return endpoint.endsWith('/v1') ? '' : '/v1';
}

async function negotiate(session: ServiceSession, on: ConnectionParts): Promise<VersionRange | undefined> {
  const base = await versionPath(session);
  // Proxies may have something else at the root, so that the version's own document is asked for, too.
  const paths = base === '' ? ['/'] : ['/', '/v1/'];
  let fault: unknown;
  for (const path of paths) {
    const what = `GET ${path}, which says what versions there are`;
    try {
      const request = { method: 'GET', path, headers: { accept: 'application/json' } } as const;
      const versions = versionsIn(documentOf(what, await patiently(session, request, what, on)));
      if (versions === undefined) continue;
      on.log.debug(`Ironic has the versions 1.${versions.min} to 1.${versions.max} of its API`);
      return versions;
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== undefined) throw asAway(fault);
  on.log.warning('Ironic does not say what versions of its API it has; requests ask for none');
  return undefined;
}

/** A refusal to say the versions tells nothing about a node, such as that it is gone. */
function asAway(fault: unknown): unknown {
  if (!(fault instanceof IronicFault)) return fault;
  return new InspectorError('unavailable', fault.message, { cause: fault });
}

async function send(
  session: ServiceSession,
  request: IronicRequest,
  version: number | undefined,
  on: ConnectionParts,
): Promise<HttpAnswer> {
  const { method, path, query = {}, body, isRepeatable } = request;
  const search = new URLSearchParams(query).toString();
  const sent: ServiceRequest = {
    method,
    path: `${await versionPath(session)}${path}${search === '' ? '' : `?${search}`}`,
    headers: {
      accept: 'application/json',
      ...(version === undefined ? {} : versionHeaders(version)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(isRepeatable === undefined ? {} : { isRepeatable }),
  };
  return patiently(session, sent, describe(request), on);
}

/** Sends it again as long as the answer says that this may help, and the policy has tries left. */
async function patiently(
  session: ServiceSession,
  request: ServiceRequest,
  what: string,
  on: ConnectionParts,
): Promise<HttpAnswer> {
  const { policy, log } = on;
  for (let attempt = 0; ; attempt++) {
    const answer = await reaching(what, () => session.send({ ...request, log }));
    if (attempt >= policy.retries || !policy.statusCodes.includes(answer.status)) return answer;
    const fault = new IronicFault(what, answer);
    if (fault.isForGood) return answer;
    const delay = delayAfter(answer, policy, { attempt, now: on.now(), random: on.random() });
    const shown = `${fault.message}; trying again in ${delay / 1000} s, ${attempt + 1} of ${policy.retries}`;
    if (attempt === 0) log.info(shown);
    else log.debug(shown);
    await on.wait(delay);
  }
}

/** Who refuses our credentials is not the client's business: Ironic cannot be reached for the moment. */
async function reaching<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    throw new InspectorError('unavailable', `Ironic cannot be asked (${what}): ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function documentOf(what: string, answer: HttpAnswer): JsonValue {
  if (answer.status < 200 || answer.status >= 300) throw new IronicFault(what, answer);
  if (answer.body.length === 0) return null;
  try {
    return parseJson(answer.body, answerLimits).value;
  } catch (error) {
    throw new InspectorError(
      'unavailable',
      `Expected JSON in the answer to ${what}, got something else. Is Ironic there? ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function tooOld(request: IronicRequest, version: number): InspectorError {
  return new InspectorError(
    'invalid',
    `Expected an Ironic with version 1.${request.since} of its API for ${describe(request)}, got one up to 1.${version}`,
  );
}

function describe({ method, path }: IronicRequest): string {
  return `${method} /v1${path}`;
}
