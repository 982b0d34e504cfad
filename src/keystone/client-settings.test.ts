import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from '../config/load-configuration.ts';
import { type OptionGroup, optionGroup, text } from '../config/option.ts';
import { clientOptions } from './client-options.ts';
import { clientSettings, credentialSections } from './client-settings.ts';

const client = optionGroup('swift', {
  container: text({ default: 'c', help: '' }),
  ...clientOptions('object-store'),
});
const other = optionGroup('processing', { timeout: text({ default: '3600', help: '' }) });

function settings(lines: string, declared: readonly OptionGroup[] = [client, other]) {
  const files = [{ path: '/x.conf', text: lines }];
  const first = loadConfiguration(declared, { files });
  const config = loadConfiguration([...declared, ...credentialSections(first, [client], declared)], {
    files,
  });
  return { read: clientSettings(config, client), warnings: config.warnings };
}

describe('clientSettings', () => {
  it('reads the section, old names included', () => {
    const { read } = settings(
      '[swift]\nusername = u\ntenant_name = p\nauth_plugin = v3password\ncontainer = mine',
    );

    assert.equal(read.username, 'u');
    assert.equal(read.project_name, 'p');
    assert.equal(read.auth_type, 'v3password');
    assert.equal(read.container, 'mine');
  });

  it('has the defaults of the original', () => {
    const { read } = settings('');

    assert.deepEqual(
      [
        read.auth_type,
        read.service_type,
        read.valid_interfaces,
        read.timeout,
        read.connect_retries,
        read.insecure,
      ],
      ['password', 'object-store', ['internal', 'public'], null, null, false],
    );
  });

  it('reads credentials and TLS from the section that auth_section names, and the rest from its own', () => {
    const { read, warnings } = settings(
      '[swift]\nauth_section = Shared\nusername = mine\nregion_name = r\n[shared]\nusername = theirs\ncafile = /ca\nauth_type = v3password',
    );

    assert.deepEqual(
      [read.username, read.cafile, read.auth_type, read.region_name, read.container],
      ['theirs', '/ca', 'v3password', 'r', 'c'],
    );
    assert.deepEqual(warnings, []);
  });

  it('shares a section with options of its own', () => {
    const { read } = settings('[swift]\nauth_section = processing\n[processing]\nusername = u\ntimeout = 7');

    assert.deepEqual([read.username, read.timeout], ['u', '7']);
  });
});
