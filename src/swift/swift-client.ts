import { type ErrorKind, InspectorError, messageOf } from '../errors/inspector-error.ts';
import type { HttpAnswer } from '../keystone/http-transport.ts';
import type { ServiceRequest, ServiceSession } from '../keystone/service-session.ts';
import type { Logger } from '../logging/logger.ts';

/** An object as Swift describes it. */
export interface SwiftObject {
  /** MD5 of its bytes, in hexadecimal. */
  readonly md5: string;
}

/** The objects of one container. Texts are UTF-8. */
export interface SwiftClient {
  /**
   * Replaces what is there; makes the container when it is missing.
   *
   * @throws InspectorError `unavailable` with the original's words.
   */
  put(object: string, text: string): Promise<void>;
  /** @throws InspectorError `not-found` when there is no such object, else `unavailable`. */
  get(object: string): Promise<string>;
  /** `undefined` when there is none. @throws InspectorError `unavailable` */
  head(object: string): Promise<SwiftObject | undefined>;
  /** The same, whose messages about requests go to this log. */
  loggingTo(log: Logger): SwiftClient;
  close(): Promise<void>;
}

/** Where objects go, and for how long. */
export interface SwiftSettings {
  readonly container: string;
  /** Seconds; 0 and less keep objects for ever. */
  readonly deleteAfter: number;
}

/** A client over a session of the object store. The original's failures are all 400s (docs/compatibility.md, swift-errors). */
export function swiftClient(session: ServiceSession, settings: SwiftSettings, log?: Logger): SwiftClient {
  const { container, deleteAfter } = settings;
  const containerPath = `/${encodeURIComponent(container)}`;
  const pathOf = (object: string) => `${containerPath}/${encodeURIComponent(object)}`;
  const send = async (failed: string, request: ServiceRequest): Promise<HttpAnswer> => {
    try {
      return await session.send({ ...request, log });
    } catch (cause) {
      throw new InspectorError('unavailable', `${failed} Error was: ${messageOf(cause)}`, { cause });
    }
  };
  const makeContainer = async () => {
    const failed = `Swift failed to create container ${container}.`;
    requireSuccess(failed, await send(failed, { method: 'PUT', path: containerPath }));
  };
  const headers = {
    'content-type': 'application/json',
    // The original's SDK drops this header on its way (docs/compatibility.md, swift-delete-after).
    ...(deleteAfter > 0 ? { 'x-delete-after': String(deleteAfter) } : {}),
  };
  return {
    async put(object, text) {
      const failed = `Swift failed to create object ${object} in container ${container}.`;
      const request = { method: 'PUT', path: pathOf(object), headers, body: text } as const;
      let answer = await send(failed, request);
      // Only a missing container answers so; the original asks for it before each object.
      if (answer.status === 404) {
        await makeContainer();
        answer = await send(failed, request);
      }
      requireSuccess(failed, answer);
    },
    async get(object) {
      const failed = `Swift failed to get object ${object} in container ${container}.`;
      const answer = await send(failed, { method: 'GET', path: pathOf(object) });
      requireSuccess(failed, answer, 'not-found');
      return answer.body.toString();
    },
    async head(object) {
      const failed = `Swift failed to look at object ${object} in container ${container}.`;
      const answer = await send(failed, { method: 'HEAD', path: pathOf(object) });
      if (answer.status === 404) return undefined;
      requireSuccess(failed, answer);
      return { md5: (answer.headers['etag'] ?? '').replaceAll('"', '') };
    },
    loggingTo: (other) => swiftClient(session, settings, other),
    close: () => session.close(),
  };
}

/** @throws InspectorError `unavailable` for any code but those of success; where `missing` is given, that for 404. */
function requireSuccess(
  failed: string,
  { status, body }: HttpAnswer,
  missing: ErrorKind = 'unavailable',
): void {
  if (status >= 200 && status < 300) return;
  const said = body
    .toString('utf8', 0, 200)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const why = said === '' ? `Swift answered ${status}` : `Swift answered ${status}: ${said}`;
  throw new InspectorError(status === 404 ? missing : 'unavailable', `${failed} Error was: ${why}`);
}
