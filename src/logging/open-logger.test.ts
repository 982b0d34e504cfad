import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type LineStyle, type LoggerSettings, openLogger } from './open-logger.ts';

const kept = temporaryFolder();
const folder = kept.path;
after(() => kept[Symbol.dispose]());

const style: LineStyle = {
  use_json: false,
  log_date_format: '%Y',
  logging_default_format_string: '%(levelname)s %(name)s %(message)s',
  logging_context_format_string: '%(levelname)s %(request_id)s %(message)s',
  logging_debug_format_suffix: '',
  logging_exception_prefix: '! ',
  logging_user_identity_format: '',
  instance_format: '',
  instance_uuid_format: '',
  log_color: false,
};

const settings: LoggerSettings = {
  level: 20,
  levels: [],
  outputs: [],
  rateLimit: undefined,
  name: 'ironic_inspector',
  hostname: 'here',
};

function open(name: string, given: Partial<LoggerSettings> = {}) {
  const path = join(folder, name);
  const complaints: string[] = [];
  const clock = { now: new Date(2026, 1, 1) };
  const log = openLogger(
    { ...settings, outputs: [{ target: { kind: 'file', path }, style }], ...given },
    { now: () => clock.now, processId: 1, complain: (sentence) => void complaints.push(sentence) },
  );
  return { ...log, path, complaints, clock, read: (file = path) => readFileSync(file, 'utf8') };
}

describe('an open log', () => {
  it('writes lines from its level on, at once', async () => {
    const log = open('level.log');

    log.logger.debug('no');
    log.logger.info('one');
    log.logger.child('[p]').critical('two', { logger: 'ironic_inspector.hooks', x: 1 });

    assert.equal(log.read(), 'INFO ironic_inspector one\nCRITICAL ironic_inspector.hooks [p] two\n');
    await log.close();
  });

  it('can change its level', async () => {
    const log = open('debug.log');

    log.setLevel('debug');
    log.logger.debug('one');
    log.setLevel('error');
    log.logger.warning('two');

    assert.equal(log.read(), 'DEBUG ironic_inspector one\n');
    await log.close();
  });

  it('has levels of its own for parts of the service', async () => {
    const log = open('parts.log', {
      levels: [
        ['ironic_inspector.hooks', 10],
        ['quiet', 40],
        ['same', 0],
      ],
    });

    for (const logger of ['ironic_inspector.hooks.lldp', 'ironic_inspector.hooksmith', 'quiet', 'same']) {
      log.logger.debug('d', { logger });
      log.logger.info('i', { logger });
    }

    const lines = log
      .read()
      .split('\n')
      .map((line) => line.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(lines, [
      'DEBUG ironic_inspector.hooks.lldp',
      'INFO ironic_inspector.hooks.lldp',
      'INFO ironic_inspector.hooksmith',
      'INFO same',
      '',
    ]);
    await log.close();
  });

  it('says at DEBUG where a message comes from, when the format asks for it', async () => {
    const path = join(folder, 'place.log');
    const asking = { ...style, logging_debug_format_suffix: '%(funcName)s %(pathname)s:%(lineno)d' };
    const log = open('place.log', {
      level: 10,
      outputs: [{ target: { kind: 'file', path }, style: asking }],
    });

    function speak() {
      log.logger.child('[p]').debug('one');
    }
    speak();

    assert.match(log.read(), /^DEBUG ironic_inspector \[p\] one speak \/.*\/open-logger\.test\.ts:\d+\n$/);
    await log.close();
  });

  it('drops what is too much in an interval, and says so', async () => {
    const log = open('rate.log', { rateLimit: { interval: 60, burst: 2, except: 'critical' } });

    for (const number of [1, 2, 3, 4]) log.logger.info(`message ${number}`);
    log.logger.critical('always');

    assert.equal(
      log.read(),
      'INFO ironic_inspector message 1\nINFO ironic_inspector message 2\n' +
        'ERROR ironic_inspector Logging rate limit: drop after 2 records/60 sec\nCRITICAL ironic_inspector always\n',
    );
    await log.close();
  });

  it('appends to what is there', async () => {
    const first = open('append.log');
    first.logger.info('one');
    await first.close();

    const second = open('append.log');
    second.logger.info('two');
    await second.close();

    assert.equal(second.read(), 'INFO ironic_inspector one\nINFO ironic_inspector two\n');
  });

  it('drops what comes after it was closed', async () => {
    const log = open('closed.log');
    await log.close();

    log.logger.info('late');

    assert.equal(log.read(), '');
  });

  it('writes JSON on request', async () => {
    const path = join(folder, 'json.log');
    const log = open('json.log', {
      outputs: [{ target: { kind: 'file', path }, style: { ...style, use_json: true } }],
    });

    log.logger.info('one', { request_id: 'req-1' });

    assert.equal(JSON.parse(log.read()).context.request_id, 'req-1');
    await log.close();
  });

  it('writes to every target', async () => {
    const other = join(folder, 'two.log');
    const log = open('one.log', {
      outputs: [
        { target: { kind: 'file', path: join(folder, 'one.log') }, style },
        { target: { kind: 'file', path: other }, style },
        { target: { kind: 'file', path: join(folder, 'errors.log') }, style, level: 40 },
      ],
    });

    log.logger.info('x');

    assert.equal(log.read(), log.read(other));
    assert.equal(log.read(join(folder, 'errors.log')), '');
    await log.close();
  });

  it('goes on in a new file after the old one was moved, as the original does', async () => {
    const log = open('moved.log');
    log.logger.info('one');

    renameSync(log.path, `${log.path}.1`);
    log.logger.info('two');

    assert.equal(log.read(`${log.path}.1`), 'INFO ironic_inspector one\n');
    assert.equal(log.read(), 'INFO ironic_inspector two\n');
    await log.close();
  });

  it('opens its file again when it is told to', async () => {
    const log = open('reopened.log');

    unlinkSync(log.path);
    log.reopen();
    log.logger.info('one');

    assert.equal(log.read(), 'INFO ironic_inspector one\n');
    await log.close();
  });

  it('survives the loss of its folder, complains once a minute, and returns to its file', async () => {
    mkdirSync(join(folder, 'lost'));
    const log = open('lost/x.log');
    rmSync(join(folder, 'lost'), { recursive: true });

    for (let line = 0; line < 3; line += 1) {
      log.logger.info('lost');
      await new Promise(setImmediate);
    }
    const firstMinute = log.complaints.length;
    log.clock.now = new Date(2026, 1, 1, 0, 2);
    log.logger.info('lost');
    await new Promise(setImmediate);
    mkdirSync(join(folder, 'lost'));
    log.logger.info('back');

    assert.equal(firstMinute, 1);
    assert.equal(log.complaints.length, 2);
    assert.match(
      log.complaints[0] ?? '',
      /^The log file .*x\.log cannot be written, messages may be lost: ENOENT/,
    );
    assert.equal(log.read(), 'INFO ironic_inspector back\n');
    await log.close();
  });

  it('keeps what a full disk refuses, and does not stop the service', {
    skip: process.platform !== 'linux',
  }, async () => {
    const log = open('full.log', {
      outputs: [{ target: { kind: 'file', path: '/dev/full' }, style }],
    });

    for (let line = 0; line < 300; line += 1) log.logger.info('x'.repeat(65_000));
    await log.close();

    assert.match(
      log.complaints[0] ?? '',
      /^The log file \/dev\/full cannot be written, messages may be lost: ENOSPC/,
    );
  });

  it('says what to do when a file cannot be opened', () => {
    assert.throws(
      () => open('none/x.log'),
      (error: Error) => {
        assert.match(error.message, /^The log file .*x\.log cannot be opened \(ENOENT.*: give /);
        assert.ok(error.cause instanceof Error);
        return true;
      },
    );
  });
});

describe('standard streams', () => {
  const program = `
    const { openLogger } = await import(process.argv[1]);
    const log = openLogger(JSON.parse(process.argv[2]));
    log.reopen();
    log.logger.info('hello');
    await log.close();
    process.exit(3);
  `;
  const streams = {
    ...settings,
    outputs: ['stdout', 'stderr'].map((kind) => ({ target: { kind }, style })),
  };
  const module = fileURLToPath(new URL('./open-logger.ts', import.meta.url));
  const run = (stdout: 'pipe' | number) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', program, module, JSON.stringify(streams)], {
      encoding: 'utf8',
      stdio: ['ignore', stdout, 'pipe'],
    });

  it('get the lines, and stay open', () => {
    const { stdout, stderr, status } = run('pipe');

    assert.equal(stdout, 'INFO ironic_inspector hello\n');
    assert.equal(stderr, 'INFO ironic_inspector hello\n');
    assert.equal(status, 3);
  });

  it('may break without taking the service along', async () => {
    const patient = program.replace(
      'log.reopen',
      'await new Promise((wait) => setTimeout(wait, 300)); log.reopen',
    );
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', patient, module, JSON.stringify(streams)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += chunk));

    const [status] = await once(child, 'close');

    assert.match(stderr, /INFO ironic_inspector hello/);
    assert.equal(status, 3);
  });
});
