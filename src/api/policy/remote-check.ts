import { messageOf } from '../../errors/inspector-error.ts';
import { type HttpTransport, shownUrl, undiciTransport } from '../../keystone/http-transport.ts';
import type { Credentials } from './credentials.ts';
import { PolicyError } from './policy-error.ts';
import type { PolicyOptions } from './policy-options.ts';

/** Asks remote services for `http` and `https` checks. */
export interface RemoteChecks {
  /** @throws PolicyError when there is no answer in time. */
  ask(url: string, rule: string, credentials: Credentials): Promise<boolean>;
  close(): Promise<void>;
}

/** An answer is a word. */
const largestAnswer = 64 * 1024;

/** Remote checks over undici, or over a `transport` of a test. */
export function remoteChecks(options: PolicyOptions, transport?: HttpTransport): RemoteChecks {
  const http = transport ?? undiciTransport(connection(options));
  const isJson = options.remote_content_type === 'application/json';
  return {
    async ask(url, rule, credentials) {
      const parts = { rule, target: {}, credentials };
      const body = isJson ? JSON.stringify(parts) : form(parts);
      const headers = { 'content-type': options.remote_content_type };
      try {
        const answer = await inTime(
          http.send({ method: 'POST', url, headers, body }),
          options.remote_timeout,
        );
        // A page of an error says something else than this word.
        return answer.body.toString().replace(/^"+|"+$/g, '') === 'True';
      } catch (cause) {
        throw new PolicyError(`The policy asks ${shownUrl(url)}: ${messageOf(cause)}`, { cause });
      }
    },
    close: () => http.close(),
  };
}

function connection(options: PolicyOptions) {
  return {
    section: 'oslo_policy',
    cafile: options.remote_ssl_ca_crt_file,
    certfile: options.remote_ssl_client_crt_file,
    keyfile: options.remote_ssl_client_key_file,
    insecure: !options.remote_ssl_verify_server_crt,
    timeoutSeconds: options.remote_timeout,
    largestAnswer,
  };
}

function form(parts: Readonly<Record<string, unknown>>): string {
  const values = Object.entries(parts).map(([name, value]): [string, string] => [
    name,
    JSON.stringify(value),
  ]);
  return new URLSearchParams(values).toString();
}

/** The time-outs of a connection begin anew with each piece of an answer; this one is for the whole. */
async function inTime<T>(answer: Promise<T>, seconds: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
