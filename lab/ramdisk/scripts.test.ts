import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { scriptFolder } from './build-ramdisk.ts';

/** Ten octets for the driver, and the addresses of Ethernet. */
const head = `${'00'.repeat(10)}${'ff'.repeat(6)}${'52'.repeat(6)}`;

function tlvsOf(...frames: readonly string[]) {
  const script = join(scriptFolder, 'lldp.awk');
  const { status, stdout } = spawnSync('awk', ['-f', script], { input: `${frames.join('\n')}\n` });
  return { status, tlvs: stdout.toString() === '' ? undefined : (JSON.parse(stdout.toString()) as unknown) };
}

describe('lldp.awk', () => {
  it('takes the TLVs of the first frame of LLDP, up to the end of the frame', () => {
    const lldp = `${head}88cc020704aabbccddeeff0a03616263fe0400120f010000ffff`;

    const { status, tlvs } = tlvsOf(`${head}0800ffff`, '', lldp, `${head}88cc0000`);

    assert.equal(status, 0);
    assert.deepEqual(tlvs, [
      [1, '04aabbccddeeff'],
      [5, '616263'],
      [127, '00120f01'],
      [0, ''],
    ]);
  });

  it('reads lengths of nine bits', () => {
    const long = 'ab'.repeat(300);

    assert.deepEqual(tlvsOf(`${head}88cc0d2c${long}0000`).tlvs, [
      [6, long],
      [0, ''],
    ]);
  });

  it('ends a frame that was cut off at its last whole TLV', () => {
    assert.deepEqual(tlvsOf(`${head}88cc0a0161020704aa`).tlvs, [[5, '61']]);
  });

  it('finds none among other frames', () => {
    assert.deepEqual(tlvsOf(`${head}0806${'00'.repeat(40)}`, `${head}88cc`), { status: 1, tlvs: undefined });
  });
});

/** Posts by a made-up wget that answers by this shell script, and a sleep that takes no time. */
function post(urls: string, wget: string) {
  const { path: folder } = temporaryFolder();
  const programs = {
    wget,
    sleep: 'echo "sleep $1"',
    timeout: 'shift; exec "$@"',
    tail: 'exec /usr/bin/tail "$@"',
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  const { status, stdout } = spawnSync('sh', [join(scriptFolder, 'post'), urls, '/document'], {
    env: { PATH: `${folder}:/usr/bin:/bin` },
  });
  return { status, lines: stdout.toString().trim().split('\n') };
}

const failing = (answer: string) => `echo "wget: server returned error: ${answer}" >&2; exit 1`;

describe('post', () => {
  it('says what the service answered', () => {
    const { status, lines } = post(
      'http://a/',
      'case "$*" in *"--post-file /document http://a/") echo yes;; esac',
    );

    assert.equal(status, 0);
    assert.deepEqual(lines, ['posting to http://a/', 'the service answered: yes']);
  });

  it('tries the next URL when one cannot be reached', () => {
    const wget = 'case "$*" in *//a/) echo "connection refused" >&2; exit 1;; *) echo yes;; esac';

    const { status, lines } = post('http://a/,http://b/', wget);

    assert.equal(status, 0);
    assert.deepEqual(lines.slice(1), [
      'connection refused',
      'posting to http://b/',
      'the service answered: yes',
    ]);
  });

  for (const answer of ['HTTP/1.1 409 Conflict', 'HTTP/1.1 503 Service Unavailable']) {
    it(`makes five attempts after ${answer}`, () => {
      const { status, lines } = post('http://a/', failing(answer));

      assert.equal(status, 1);
      assert.deepEqual(
        lines.filter((line) => line.startsWith('sleep')),
        ['sleep 5', 'sleep 5', 'sleep 6', 'sleep 12'],
      );
      assert.equal(lines.at(-1), 'the service did not take the document in 5 attempts');
    });
  }

  it('takes another answer for final', () => {
    const { status, lines } = post('http://a/', failing('HTTP/1.1 404 Not Found'));

    assert.equal(status, 1);
    assert.equal(lines.length, 2);
  });

  it('posts nothing without a URL', () => {
    const { status, lines } = post('', 'echo yes');

    assert.equal(status, 1);
    assert.match(lines[0] ?? '', /ipa-inspection-callback-url= is not on the kernel's command line/);
  });
});

describe('the scripts of the ramdisk', () => {
  for (const name of readdirSync(scriptFolder).filter((file) => !file.endsWith('.awk'))) {
    it(`are understood by a POSIX shell: ${name}`, () => {
      const { status, stderr } = spawnSync('sh', ['-n'], { input: readFileSync(join(scriptFolder, name)) });

      assert.equal(status, 0, stderr.toString());
    });
  }
});
