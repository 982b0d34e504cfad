import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readConfiguration } from './configuration.ts';

const folder = new URL('../../shared/data/conf/', import.meta.url);
const skip = existsSync(folder) ? false : 'the folder of real configuration files is not here';

interface Expected {
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Options of libraries, of which the expectations say nothing. */
const libraries =
  /^(?:database|keystone_authtoken|oslo_(?!concurrency\.lock_path)\w+|cors|ssl|cache)\.|^DEFAULT\.(?:debug|log|use_(?:std|sys|jou|json)|transport_url|rpc_|http_basic_auth)/;

/** Credentials, which the expectations leave out. */
const credentials =
  /^(?:ironic|swift|service_catalog)\.(?:auth_url|username|password|\w*(?:project|domain)\w*|system_scope)$/;

function valuesOf(files: { path: string; text: string }[]): Map<string, unknown> {
  const { values } = readConfiguration({ files });
  return new Map(values.map(({ section, name, value }) => [`${section}.${name}`, value]));
}

describe('configuration files of real deployments', { skip }, () => {
  const names = skip === false ? readdirSync(folder).filter((name) => name.endsWith('.conf')) : [];
  const read = (name: string) => ({ path: name, text: readFileSync(new URL(name, folder), 'utf8') });

  for (const name of names) {
    it(`${name} gives the values that the original reads`, () => {
      const { files }: Expected = JSON.parse(readFileSync(new URL('expected-options.json', folder), 'utf8'));
      const defaults = valuesOf([]);

      const values = valuesOf([read(name)]);

      const set = [...values].filter(
        ([key, value]) =>
          !libraries.test(key) &&
          !credentials.test(key) &&
          JSON.stringify(value) !== JSON.stringify(defaults.get(key)),
      );
      const expected = Object.entries(files[name] ?? {}).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(key)),
      );
      assert.deepEqual(Object.fromEntries(set), Object.fromEntries(expected));
      for (const [key, value] of Object.entries(files[name] ?? {})) {
        assert.deepEqual(values.get(key), value, `${key} of ${name}`);
      }
    });
  }

  it('are made of known options, but for a few that are older or of somebody else', () => {
    const warnings = names.flatMap((name) => readConfiguration({ files: [read(name)] }).warnings);
    const unknown = warnings.filter((warning) => warning.includes('unknown'));

    assert.deepEqual(
      unknown.map((warning) => warning.replace(/^\S+ /, '').replace(/, it is ignored.*/, '')).toSorted(),
      [
        "unknown option 'enable_setting_ipmi_credentials' of [processing]",
        "unknown option 'os_auth_url' of [ironic]",
        "unknown option 'os_auth_url' of [swift]",
        "unknown option 'os_password' of [ironic]",
        "unknown option 'os_tenant_name' of [ironic]",
        "unknown option 'os_username' of [ironic]",
        "unknown option 'pool_max_size' of [oslo_messaging_rabbit]",
        "unknown option 'state_path' of [DEFAULT]",
        "unknown option 'store_data_location' of [processing]",
        "unknown section 'firewall'",
        "unknown section 'firewall'",
      ],
    );
  });
});
