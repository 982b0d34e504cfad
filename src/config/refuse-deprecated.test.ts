// Shows these lines of docs/compatibility.md: fatal-deprecations-names.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadConfiguration } from './load-configuration.ts';
import { loggingOptions } from './logging-options.ts';
import { refuseDeprecated } from './refuse-deprecated.ts';

const load = (text: string) => loadConfiguration([loggingOptions], { files: [{ path: '/x.conf', text }] });

describe('fatal_deprecations', () => {
  it('refuses old names of options, and nothing else', () => {
    const refused = load('[DEFAULT]\nlogfile = /x\nfatal_deprecations = yes\n');

    assert.throws(() => refuseDeprecated(refused), {
      kind: 'invalid',
      message:
        /^\/x\.conf:2: Option "logfile" .* is deprecated\. Use .*\n\[DEFAULT\]fatal_deprecations forbids these$/,
    });
    refuseDeprecated(load('[DEFAULT]\nlog_file = /x\nunknown = 1\nfatal_deprecations = yes\n'));
    refuseDeprecated(load('[DEFAULT]\nlogfile = /x\n'));
  });
});
