import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fakeKeystone } from '../../../testing/fake-keystone.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { loadConfiguration } from '../../config/load-configuration.ts';
import { systemClock } from '../../host/clock.ts';
import { credentialSections } from '../../keystone/client-settings.ts';
import { apiOptions } from '../api-options.ts';
import { policyFileOptions } from '../policy/policy-options.ts';
import { basicAuthOptions } from './auth-options.ts';
import { keystoneAuthOptions } from './keystone/keystone-auth-options.ts';
import { openAccess } from './open-access.ts';

const groups = [apiOptions, basicAuthOptions, keystoneAuthOptions, policyFileOptions];
const closed = { policy: 'introspection:status', public: false };
const nobody = { headers: {}, method: 'GET', target: '/v1/introspection' };
const credentials = `
username = inspector
password = secret
user_domain_name = Default
project_name = service
project_domain_name = Default
`;

async function open(text: string) {
  const log = recordingLogger();
  const sources = { files: [{ path: '/etc/x.conf', text }] };
  const named = credentialSections(loadConfiguration(groups, sources), [keystoneAuthOptions], groups);
  const config = loadConfiguration([...groups, ...named], sources);
  const access = await openAccess({ config, log, clock: systemClock, policyFolders: [] });
  return { access, log };
}

describe('openAccess', () => {
  it('lets everybody in without authentication, with a warning', async () => {
    const { access, log } = await open('[DEFAULT]\nauth_strategy = noauth');

    assert.equal(await access.refusal(nobody, closed), undefined);
    assert.match(log.at('warning').join(), /^Authentication is off/);
    await access.close();
  });

  it('asks for passwords of the file that the option names', async () => {
    const file = join(temporaryFolder().path, 'users');
    const text = `[DEFAULT]\nauth_strategy = http_basic\nhttp_basic_auth_user_file = ${file}`;
    await assert.rejects(open(text), { kind: 'invalid', message: /http_basic_auth_user_file/ });
    writeFileSync(file, '');

    const { access } = await open(text);

    assert.equal((await access.refusal(nobody, closed))?.status, 401);
    await access.close();
  });

  it('checks tokens with the credentials of another section, and says where clients are sent', async () => {
    const keystone = await fakeKeystone({
      catalog: [
        {
          type: 'identity',
          endpoints: [{ interface: 'internal', region: 'R', url: 'http://127.0.0.1:1/v3' }],
        },
      ],
    });
    const { access, log } = await open(
      `[keystone_authtoken]\nauth_section = shared\nmemcached_servers = a:1\nhttp_request_max_retries = 0
[shared]\nauth_url = ${keystone.url}${credentials}`,
    );

    const none = await access.refusal(nobody, closed);
    const away = await access.refusal({ ...nobody, headers: { 'x-auth-token': 'x' } }, closed);
    await access.close();
    await keystone.close();

    assert.equal(none?.headers['WWW-Authenticate'], `Keystone uri="${keystone.url}"`);
    assert.equal(away?.status, 503);
    assert.equal(keystone.tokens.length, 1);
    const warnings = log.at('warning').join('\n');
    assert.match(warnings, /www_authenticate_uri is not set/);
    assert.match(warnings, /memcached_servers is without effect/);
    assert.match(warnings, /service_token_roles_required is false/);
  });

  it('refuses to start without credentials, and with a URI that is none', async () => {
    await assert.rejects(open('[DEFAULT]\n'), { kind: 'invalid', message: /\[keystone_authtoken\]auth_url/ });
    await assert.rejects(open('[keystone_authtoken]\nauth_uri = http://a"b\nauth_url = http://k/v3'), {
      kind: 'invalid',
      message: /www_authenticate_uri: expected a URL/,
    });
  });

  it('tells at the start what is wrong with the policy', async () => {
    const file = join(temporaryFolder().path, 'policy.yaml');
    writeFileSync(file, '- no mapping');
    const { access, log } = await open(
      `[oslo_policy]\npolicy_file = ${file}\n[keystone_authtoken]\nauth_url = http://127.0.0.1:1${credentials}`,
    );

    assert.match(log.at('error').join(), /^Nothing is allowed, as the policy .* expected a mapping/);
    assert.equal((await access.refusal(nobody, closed))?.status, 401);
    await access.close();
  });
});
