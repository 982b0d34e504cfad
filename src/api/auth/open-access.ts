import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadedConfiguration } from '../../config/load-configuration.ts';
import type { Clock } from '../../host/clock.ts';
import type { Proxies } from '../../keystone/http-transport.ts';
import type { Logger } from '../../logging/logger.ts';
import { apiOptions } from '../api-options.ts';
import { policyFileOptions } from '../policy/policy-options.ts';
import type { Access } from './access.ts';
import { basicAuthOptions } from './auth-options.ts';
import { openBasicAccess } from './basic/open-basic-access.ts';
import { keystoneAuthOptions } from './keystone/keystone-auth-options.ts';
import { keystoneSettings } from './keystone/keystone-settings.ts';
import { openKeystoneAccess } from './keystone/open-keystone-access.ts';
import { noAuthentication } from './no-authentication.ts';

/** What deciding over requests takes from its surroundings. */
export interface AccessSurroundings {
  readonly config: Pick<LoadedConfiguration, 'get' | 'getIn'>;
  readonly log: Logger;
  readonly clock: Clock;
  /** Where policy files with relative names are looked for, in turn; absolute. */
  readonly policyFolders: readonly string[];
  readonly proxies?: Proxies | undefined;
}

/**
 * Access as `[DEFAULT]auth_strategy` says.
 *
 * @throws InspectorError `invalid` for credentials or a file of users that cannot work.
 */
export async function openAccess(on: AccessSurroundings): Promise<Access> {
  const { config, log, clock, proxies } = on;
  const now = () => clock.now();
  const { auth_strategy: strategy } = config.get(apiOptions);
  if (strategy === 'noauth') return noAuthentication(log);
  if (strategy === 'http_basic') {
    return openBasicAccess({ path: config.get(basicAuthOptions).http_basic_auth_user_file, now, log });
  }
  const access = openKeystoneAccess({
    options: config.get(keystoneAuthOptions),
    settings: keystoneSettings(config),
    policy: config.get(policyFileOptions),
    folders: on.policyFolders,
    now,
    wait: (milliseconds) => sleep(milliseconds),
    random: Math.random,
    log,
    proxies,
  });
  // It reads the policy files, so that the log has their faults from the start.
  await access.refusal(
    { headers: {}, method: 'GET', target: '/' },
    { policy: 'introspection', public: true },
  );
  return access;
}
