import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { withAcceptedOptions } from './config/accepted/accepted-options.ts';
import { knownOptions } from './config/known-options.ts';
import type { OptionGroup } from './config/option.ts';
import { normalSection } from './config/parse-ini.ts';
import { defaultTexts } from './config/sample/option-text.ts';
import { allOptionGroups, readConfiguration } from './configuration.ts';

const exportedGroup = /^export const (?<name>\w+) = optionGroup\(/gm;

/** Every group of options that a file of src/ exports, by the file and its name. */
async function declaredGroups(): Promise<Map<string, OptionGroup>> {
  const groups = new Map<string, OptionGroup>();
  for (const path of readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
    const text = readFileSync(`${import.meta.dirname}/${path}`, 'utf8');
    for (const { groups: match } of text.matchAll(exportedGroup)) {
      const module = (await import(`./${path}`)) as Record<string, OptionGroup>;
      const name = match?.['name'] ?? '';
      const group = module[name];
      if (group !== undefined) groups.set(`${path} ${name}`, group);
    }
  }
  return groups;
}

describe('readConfiguration', () => {
  it('knows the options of every folder', async () => {
    const configuration = readConfiguration({});
    const groups = await declaredGroups();

    assert.ok(groups.size > 10, `found ${groups.size}`);
    for (const [where, group] of groups) assert.doesNotThrow(() => configuration.get(group), where);
  });

  it('takes values from the files, the environment and the command line', () => {
    const configuration = readConfiguration({
      files: [{ path: '/x.conf', text: '[DEFAULT]\nlisten_port = 1\napi_max_limit = 1\ntimeout = 1' }],
      environment: { OS_DEFAULT__API_MAX_LIMIT: '2', OS_DEFAULT__TIMEOUT: '2' },
      commandLine: [{ name: 'timeout', value: '3', argument: '--timeout' }],
    });

    const shown = configuration.dump().filter((line) => /^(?:listen_port|api_max_limit|timeout) /.test(line));
    assert.deepEqual(
      shown.map((line) => line.replace(/ +/, ' ')),
      ['api_max_limit = 2', 'listen_port = 1', 'timeout = 3'],
    );
  });

  it('refuses bad values, each in a line', () => {
    const text = '[DEFAULT]\nlisten_port = 99999\ntimeout = soon';

    assert.throws(() => readConfiguration({ files: [{ path: '/x.conf', text }] }), {
      name: 'InspectorError',
      kind: 'invalid',
      message: /^.*listen_port.*\n.*timeout.*$/,
    });
  });
});

/** Options that we have put beside those of the original. */
const oursElsewhere =
  /^DEFAULT\.max_request_body$|^pxe_filter\.keep_on_exit$|^dnsmasq_pxe_filter\.(?:layout|dhcp_hostsfile|dnsmasq_pid_file|dnsmasq_reload_command)$/;

describe('all options', () => {
  const all = allOptionGroups.flatMap(({ group, options }) =>
    Object.entries(options).map(([name, option]) => ({ group, name, option })),
  );
  const keys = new Set(all.map(({ group, name }) => `${group}.${name}`));

  it('are declared once each, with a sentence of help', () => {
    assert.equal(keys.size, all.length);
    assert.ok(all.length > 330, `found ${all.length}`);
    for (const { group, name, option } of all) assert.match(option.help, /^\S.*\.$/s, `[${group}]${name}`);
  });

  it('have defaults that are allowed', () => {
    for (const { group, name, option } of all) {
      if (option.default === null || option.default === '') continue;
      for (const text of defaultTexts(option)) {
        if (text !== '') assert.doesNotThrow(() => option.parse(text), `[${group}]${name} = ${text}`);
      }
    }
  });

  it('are those that the original knows, and a few of our own', () => {
    const old = new Set(
      all.flatMap(({ group, option }) =>
        (option.deprecatedNames ?? []).map((one) => `${normalSection(one.group ?? group)}.${one.name}`),
      ),
    );
    const original = [...knownOptions].flatMap(([group, names]) =>
      [...names].map((name) => `${group}.${name}`),
    );

    assert.deepEqual(
      original.filter((key) => !keys.has(key) && !old.has(key)),
      [],
      'known and not declared',
    );
    const ours = [...keys].filter((key) => !original.includes(key));
    assert.ok(
      ours.every(
        (key) =>
          /^(?:bare_metal|boot_evidence|bulk|history|nftables|plugins|registry)\./.test(key) ||
          oursElsewhere.test(key),
      ),
      ours.join(),
    );
  });

  it('leave to the tables of options without effect only what no part declares', () => {
    const effective = all.filter(({ option }) => option.withoutEffect !== true);
    const taken = new Set(effective.map(({ group, name }) => `${group}.${name}`));
    const shadowed = withAcceptedOptions([])
      .flatMap(({ group, options }) => Object.keys(options).map((name) => `${group}.${name}`))
      .filter((key) => taken.has(key));

    assert.deepEqual(shadowed, [], 'take them out of src/config/accepted');
  });
});
