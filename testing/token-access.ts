import type { Access } from '../src/api/auth/access.ts';
import { keystoneAccess } from '../src/api/auth/keystone/keystone-access.ts';
import {
  type KeystoneAuthOptions,
  keystoneAuthOptions,
} from '../src/api/auth/keystone/keystone-auth-options.ts';
import { tokenIdentity } from '../src/api/auth/keystone/token-identity.ts';
import { tokenValidation } from '../src/api/auth/keystone/token-validation.ts';
import { openPolicy } from '../src/api/policy/policy.ts';
import { type PolicyOptions, policyFileOptions } from '../src/api/policy/policy-options.ts';
import { defaultsOf } from '../src/config/option.ts';
import type { HttpAnswer } from '../src/keystone/http-transport.ts';
import type { ServiceRequest, ServiceSession } from '../src/keystone/service-session.ts';
import { type Logger, silentLogger } from '../src/logging/logger.ts';

/** A session with a Keystone in which a token says what it is: `project.reader`, `system.admin,member`, `expired.admin`. */
export interface SpokenKeystone extends Pick<ServiceSession, 'send' | 'endpoint'> {
  /** What it was asked. */
  readonly requests: ServiceRequest[];
  /** What the next requests get in place of an answer, one each. */
  readonly faults: (HttpAnswer | Error)[];
}

/** @param more is merged into what is said of every token */
export function spokenKeystone(
  more: (token: string) => object = () => ({}),
  now: () => Date = () => new Date(),
): SpokenKeystone {
  const requests: ServiceRequest[] = [];
  const faults: (HttpAnswer | Error)[] = [];
  return {
    requests,
    faults,
    endpoint: async () => 'http://keystone:5000',
    async send(request) {
      requests.push(request);
      const fault = faults.shift();
      if (fault instanceof Error) throw fault;
      if (fault !== undefined) return fault;
      const token = request.headers?.['x-subject-token'] ?? '';
      const [scope = '', roles] = token.split('.');
      const isExpired = scope === 'expired' && !request.path.includes('allow_expired=1');
      if (roles === undefined || isExpired) return httpAnswer(404, { error: {} });
      return httpAnswer(200, { token: { ...said(scope, roles, now()), ...more(token) } });
    },
  };
}

/** An answer with a JSON body. */
export function httpAnswer(status: number, body: unknown): HttpAnswer {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

function said(scope: string, roles: string, now: Date) {
  const domain = { id: 'default', name: 'Default' };
  const hours = scope === 'expired' ? -1 : 8;
  const scopes: Readonly<Record<string, object>> = { system: { system: { all: true } }, domain: { domain } };
  return {
    user: { id: 'u1', name: 'user', domain },
    expires_at: new Date(now.getTime() + hours * 3_600_000).toISOString(),
    roles: roles.split(',').map((name) => ({ id: name, name })),
    ...(scopes[scope] ?? { project: { id: 'p1', name: 'project', domain } }),
  };
}

/** What differs from one test to another. */
export interface TokenAccessSettings {
  readonly session?: Pick<ServiceSession, 'send' | 'endpoint'>;
  readonly policy?: Partial<PolicyOptions>;
  readonly options?: Partial<KeystoneAuthOptions>;
  readonly folders?: readonly string[];
  readonly log?: Logger;
  readonly now?: () => Date;
}

/** Access by tokens and policy, with everything real but the connection to Keystone. */
export function tokenAccess(settings: TokenAccessSettings = {}): Access {
  const { session = spokenKeystone(), folders = [], log = silentLogger(), now = () => new Date() } = settings;
  const rules = { ...defaultsOf(keystoneAuthOptions), ...settings.options };
  const options = { ...defaultsOf(policyFileOptions), ...settings.policy };
  const validation = tokenValidation({
    session,
    now,
    cacheTime: rules.token_cache_time,
    includeCatalogue: rules.include_service_catalog,
  });
  const remote = { ask: async () => false, close: async () => undefined };
  return keystoneAccess({
    identify: tokenIdentity({ validation, rules, log }),
    policy: openPolicy({ options, folders, remote, log }),
    publicUri: 'http://keystone:5000',
    log,
    close: async () => undefined,
  });
}
