// Shows these lines of docs/compatibility.md: check-config.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { madeUpConsole } from '../../testing/made-up-console.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { allInOneRole } from './ironic-inspector.ts';
import { runService } from './run-service.ts';

/** What `--check-config` says of this file, called F. */
async function check(text: string, changes = {}) {
  const { path } = temporaryFolder();
  const on = madeUpConsole(path, changes);
  const file = join(path, 'service.conf');
  writeFileSync(file, text);
  const start = async () => assert.fail('it must not start');
  const exitCode = await runService(
    { ...allInOneRole, start },
    ['--config-file', file, '--check-config'],
    on,
  );
  const out = on.said.out;
  return { exitCode, out, err: on.said.err.replaceAll(file, 'F').split('\n').slice(0, -1), path };
}

/** What a service without OpenStack needs; line 6 is the next one. */
const alone =
  '[bare_metal]\nservice = registry\n[pxe_filter]\ndriver = noop\n[DEFAULT]\nauth_strategy = noauth\n';

describe('--check-config', () => {
  it('says that a configuration is valid, and starts nothing, not even the log', async () => {
    const { exitCode, out, err, path } = await check(`${alone}timeout = 60\nlog_file = x.log`);

    assert.equal(exitCode, 0);
    assert.equal(out, 'Configuration is valid\n');
    assert.deepEqual(err, []);
    assert.equal(existsSync(join(path, 'x.log')), false);
  });

  it('tells all bad values, each in a line, secret ones masked', async () => {
    const { exitCode, out, err } = await check(
      '[DEFAULT]\ntimeout = soon\nlisten_port = 70000\n[oslo_messaging_rabbit]\nkombu_reconnect_delay = 9\n' +
        '[swift]\npassword = pa$word\n',
    );

    assert.equal(exitCode, 1);
    assert.equal(out, '');
    assert.deepEqual(err.toSorted(), [
      "Value for option kombu_reconnect_delay from F:5 [oslo_messaging_rabbit] is not valid: expected at most 4.5, got '9'",
      "Value for option listen_port from F:3 [DEFAULT] is not valid: expected at most 65535, got '70000'",
      'Value for option password from F:7 [swift] is not valid: it refers to an option that does not exist; write $$ for a dollar that is meant literally',
      "Value for option timeout from F:2 [DEFAULT] is not valid: expected a whole number, got 'soon'",
    ]);
  });

  it('warns of unknown options, of old names and of options without effect', async () => {
    const { exitCode, out, err } = await check(
      `${alone}timout = 5\nlogfile = x\n[mdns]\nlookup_attempts = 4`,
    );

    assert.equal(exitCode, 0);
    assert.equal(out, 'Configuration is valid\n');
    assert.deepEqual(err, [
      "Warning: F:7: unknown option 'timout' of [DEFAULT], it is ignored (did you mean timeout?)",
      'Warning: F:8: Option "logfile" from group "DEFAULT" is deprecated. Use option "log_file" from group "DEFAULT".',
      'Warning: F:10: option lookup_attempts of [mdns] is accepted and has no effect in this version',
    ]);
  });

  it('tells what is wrong with the form of a file, and with a file that is not there', async () => {
    const faulty = await check('timeout = 5');
    const missing = await check('', {
      readFile: () => {
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
    });

    assert.equal(faulty.exitCode, 1);
    assert.match(
      faulty.err[0] ?? '',
      /^Failed to parse F: at F:1, Section must be started before assignment/,
    );
    assert.equal(missing.exitCode, 1);
    assert.match(missing.err[0] ?? '', /^Failed to find some config files: F/);
  });

  it('refuses what the command cannot run with, as a start does', async () => {
    const { exitCode, err } = await check('[DEFAULT]\nstandalone = false');

    assert.equal(exitCode, 1);
    assert.match(err[0] ?? '', /\[DEFAULT\]standalone should be set to True/);
  });

  it('tells of values that are none of those there are, each in a line', async () => {
    const { exitCode, out, err } = await check(
      `${alone}[database]\nconnection = oracle://x\n[processing]\nprocessing_hooks = nosuch\n` +
        'node_not_found_hook = nosuch\nstore_data = nosuch',
    );

    assert.equal(exitCode, 1);
    assert.equal(out, '');
    assert.deepEqual(
      err.map((line) => line.slice(0, 46)),
      [
        '[database]connection: expected sqlite:///<path',
        '[processing]store_data: expected one of none, ',
        'The following hook(s) are missing or failed to',
        '[processing]node_not_found_hook: expected one ',
      ],
    );
  });

  it('warns of what is missing on this machine, which need not be the one it is meant for', async () => {
    const { exitCode, out, err } = await check(
      '[DEFAULT]\nauth_strategy = http_basic\nhttp_basic_auth_user_file = /no/file\nuse_ssl = true\n' +
        '[ssl]\ncert_file = /no/file\n[processing]\nstore_data = swift\n[pxe_filter]\ndriver = nosuch',
    );

    assert.equal(exitCode, 0);
    assert.equal(out, 'Configuration is valid\n');
    const parts = [
      /\[ironic\]auth_url/,
      /\[swift\]auth_url/,
      /\[pxe_filter\]driver/,
      /\[ssl\]/,
      /\/no\/file/,
    ];
    assert.equal(err.length, parts.length);
    for (const [index, part] of parts.entries()) assert.match(err[index] ?? '', part);
    for (const line of err) assert.match(line, /^Warning: the service would not work on this machine: /);
  });

  it('warns of a policy that cannot be read', async () => {
    const policy = join(temporaryFolder().path, 'policy.yaml');
    writeFileSync(policy, '- no mapping');
    const { exitCode, err } = await check(
      `[oslo_policy]\npolicy_file = ${policy}\n[keystone_authtoken]\nauth_type = token\n` +
        `auth_url = http://keystone\ntoken = x\n${alone}auth_strategy = keystone`,
    );

    assert.equal(exitCode, 0);
    assert.deepEqual(err, [
      `Warning: the service would not work on this machine: Policies in ${policy}: expected a mapping of rules to checks`,
    ]);
  });

  it('shows where a fault of its own comes from', async () => {
    const { exitCode, err } = await check('', {
      exists: () => {
        throw new TypeError('no such function');
      },
    });

    assert.equal(exitCode, 1);
    assert.match(err[0] ?? '', /^TypeError: no such function/);
  });
});
