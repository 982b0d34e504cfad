// Shows these lines of docs/compatibility.md: command-line-no-effect.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from './load-configuration.ts';
import { loggingOptions } from './logging-options.ts';
import { optionGroup, text } from './option.ts';

const help = '';
const processing = optionGroup('processing', {
  add_ports: text({ default: 'pxe', help }),
  store_data: text({ default: 'none', help }),
});
const extra = optionGroup('registry', {
  driver_dir: text({ default: '', deprecatedNames: [{ group: 'old_registry', name: 'dir' }], help }),
});

const warningsFor = (content: string, environment: Record<string, string> = {}) =>
  loadConfiguration([loggingOptions, processing, extra], {
    files: [{ path: '/etc/x.conf', text: content }],
    environment,
  }).warnings;

describe('warnings (docs/compatibility.md, unknown-options-warn)', () => {
  it('are silent about what is read', () => {
    assert.deepEqual(warningsFor('[DEFAULT]\ndebug = yes\n[Processing]\nadd_ports = all'), []);
  });

  it('say that an option of the original has no effect yet', () => {
    assert.deepEqual(warningsFor('[processing]\nkeep_ports = all\n[keystone_authtoken]\nauth_url = x'), [
      '/etc/x.conf:2: option keep_ports of [processing] is accepted and has no effect in this version',
      '/etc/x.conf:4: option auth_url of [keystone_authtoken] is accepted and has no effect in this version',
    ]);
  });

  it('suggest what an unknown option may mean', () => {
    assert.deepEqual(
      warningsFor('[processing]\nadd_port = all\nkeep_port = all\nlog_file = x\nwhatever = 1\nfoo\u0007 = 1'),
      [
        "/etc/x.conf:2: unknown option 'add_port' of [processing], it is ignored (did you mean add_ports?)",
        "/etc/x.conf:3: unknown option 'keep_port' of [processing], it is ignored (did you mean keep_ports?)",
        "/etc/x.conf:4: unknown option 'log_file' of [processing], it is ignored (it is one of [DEFAULT])",
        "/etc/x.conf:5: unknown option 'whatever' of [processing], it is ignored",
        "/etc/x.conf:6: unknown option 'foo\\x07' of [processing], it is ignored",
      ],
    );
  });

  it('name an unknown section once, with what it may mean', () => {
    assert.deepEqual(
      warningsFor(
        '[default]\ndebug = 1\n[firewall]\ndnsmasq_interface = x\n[swfit]\n[elsewhere]\na = 1\n[elsewhere]\nb = 2',
      ),
      [
        "/etc/x.conf:1: unknown section 'default', it is ignored (did you mean [DEFAULT]?)",
        "/etc/x.conf:3: unknown section 'firewall', it is ignored (dnsmasq_interface is an option of [iptables])",
        "/etc/x.conf:5: unknown section 'swfit', it is ignored (did you mean [swift]?)",
        "/etc/x.conf:6: unknown section 'elsewhere', it is ignored",
      ],
    );
  });

  it('name old names, in the words of the original', () => {
    assert.deepEqual(warningsFor('[DEFAULT]\nlogfile = x\n[old_registry]\ndir = y'), [
      '/etc/x.conf:2: Option "logfile" from group "DEFAULT" is deprecated. Use option "log_file" from group "DEFAULT".',
      '/etc/x.conf:4: Option "dir" from group "old_registry" is deprecated. Use option "driver_dir" from group "registry".',
    ]);
  });

  it('look at the environment as far as it names a known section', () => {
    const environment = {
      OS_PROCESSING__ADD_PORTS: 'all',
      OS_PROCESSING__ADD_PORT: 'all',
      OS_KEYSTONE_AUTHTOKEN__AUTH_URL: 'x',
      OS_AUTH_URL: 'x',
      OS_OTHER__THING: 'x',
    };

    assert.deepEqual(warningsFor('', environment), [
      "environment variable OS_PROCESSING__ADD_PORT: unknown option 'add_port' of [processing], it is ignored (did you mean add_ports?)",
      'environment variable OS_KEYSTONE_AUTHTOKEN__AUTH_URL: option auth_url of [keystone_authtoken] is accepted and has no effect in this version',
    ]);
  });

  it('look at what the command line sets', () => {
    const commandLine = [
      { name: 'debug', value: 'true', argument: '--debug' },
      { name: 'timeout', value: '1', argument: '--timeout' },
    ];

    assert.deepEqual(loadConfiguration([loggingOptions], { commandLine }).warnings, [
      'the command line (--timeout): option timeout of [DEFAULT] is accepted and has no effect in this version',
    ]);
  });
});
