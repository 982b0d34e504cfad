import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apiFakes, apiOptionsWith } from '../../testing/api-dependencies.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { checkAuthStrategy } from './check-options.ts';
import { createApi } from './server.ts';

describe('checkAuthStrategy', () => {
  it('lets noauth pass with a warning', () => {
    const log = recordingLogger();

    checkAuthStrategy(apiOptionsWith(), log);

    assert.match(log.at('warning').join(), /^Authentication is off/);
  });

  for (const strategy of ['keystone', 'http_basic'] as const) {
    it(`does not let an API come up that should have ${strategy}`, () => {
      const refusal = {
        kind: 'invalid',
        message: `[DEFAULT]auth_strategy is ${strategy}, which this version cannot do: set it to noauth and let only trusted machines reach the port`,
      };

      assert.throws(
        () => checkAuthStrategy(apiOptionsWith({ auth_strategy: strategy }), recordingLogger()),
        refusal,
      );
      assert.throws(() => createApi(apiFakes({ options: { auth_strategy: strategy } })), refusal);
    });
  }
});

describe('checkListener', () => {
  for (const [option, value] of [
    ['use_ssl', true],
    ['listen_unix_socket', '/run/inspector.sock'],
  ] as const) {
    it(`does not let an API come up that should have ${option}`, () => {
      const options = apiOptionsWith({ [option]: value });

      assert.throws(() => createApi(apiFakes({ options })), { kind: 'invalid', message: new RegExp(option) });
    });
  }
});
