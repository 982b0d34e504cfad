import { Agent, request } from 'undici';

/** What the service answered. */
export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

/** Posts JSON text. @throws Error when the service cannot be reached, or does not answer in time. */
export type HttpPost = (url: string, body: string) => Promise<HttpReply>;

/** How the service is to be reached. */
export interface HttpPostOptions {
  /** To connect, and again to wait for the answer; a dead connection is noticed by the same. */
  readonly timeoutSeconds: number;
  /** PEM text of the certificate authorities to trust in place of the system's. */
  readonly certificateAuthorities?: string | undefined;
  /** Takes any certificate. */
  readonly insecure: boolean;
}

/** A client of its own, so that no proxy of the environment stands between a ramdisk and its service. */
export function httpPost(options: HttpPostOptions): { readonly post: HttpPost; close(): Promise<void> } {
  const timeout = options.timeoutSeconds * 1000;
  const agent = new Agent({
    connect: {
      timeout,
      rejectUnauthorized: !options.insecure,
      ...(options.certificateAuthorities === undefined ? {} : { ca: options.certificateAuthorities }),
    },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: 1024 * 1024,
  });
  return {
    post: async (url, body) => {
      const reply = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
      });
      return { status: reply.statusCode, body: await reply.body.text() };
    },
    close: () => agent.close(),
  };
}
