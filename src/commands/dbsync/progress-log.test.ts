import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { progressLog } from './progress-log.ts';

function logged(isDebug: boolean): string {
  let text = '';
  const log = progressLog((line) => (text += line), isDebug);
  log.debug('looking');
  log.info('Running upgrade  -> 578f84f38d, inital_db_schema');
  log.warning('again');
  log.child('one:').error('no');
  return text;
}

describe('progressLog', () => {
  it('writes lines in the form of the original', () => {
    assert.equal(
      logged(false),
      'INFO  [alembic.runtime.migration] Running upgrade  -> 578f84f38d, inital_db_schema\n' +
        'WARNI [alembic.runtime.migration] again\n' +
        'ERROR [alembic.runtime.migration] one: no\n',
    );
  });

  it('shows details with --debug', () => {
    assert.match(logged(true), /^DEBUG \[alembic\.runtime\.migration\] looking\n/);
  });
});
