// Shows these lines of docs/compatibility.md: basic-challenge, basic-400-body.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { hash } from '@node-rs/bcrypt';
import { apiFakes } from '../../../../testing/api-dependencies.ts';
import { askApi, errorMessage } from '../../../../testing/ask-api.ts';
import { recordingLogger } from '../../../../testing/recording-logger.ts';
import { temporaryFolder } from '../../../../testing/temporary-folder.ts';
import { openBasicAccess } from './open-basic-access.ts';

const digest = await hash('pass:word', { cost: 4 });
const closed = { policy: 'introspection:status', public: false };
const open = { policy: 'introspection:continue', public: true };

function header(text: string | Uint8Array): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

async function accessTo(text: string) {
  const file = join(temporaryFolder().path, 'htpasswd');
  writeFileSync(file, text);
  const log = recordingLogger();
  const access = await openBasicAccess({ path: file, now: () => new Date(), log });
  const ask = async (authorization?: string, wanted = closed) => {
    const headers = authorization === undefined ? {} : { authorization };
    return (await access.refusal({ headers, method: 'GET', target: '/v1/introspection' }, wanted))?.status;
  };
  return { access, ask, file, log };
}

describe('openBasicAccess', () => {
  it('lets in who knows the password, and nobody else', async () => {
    const { ask } = await accessTo(`\nno user\n  admin:${digest}  \nadmin:!\n`.replace('admin:!\n', ''));

    assert.equal(await ask(header('admin:pass:word')), undefined);
    assert.equal(await ask(`  bAsIc   ${header('admin:pass:word').slice(6)} `), undefined);
    assert.equal(await ask(header('admin:wrong')), 401);
    assert.equal(await ask(header('admin:')), 401);
    assert.equal(await ask(header('nobody:pass:word')), 401);
    assert.equal(await ask(header(':')), 401);
    assert.equal(await ask(), 401);
  });

  it('takes passwords that are no UTF-8, but no such users', async () => {
    const { ask } = await accessTo(`admin:${await hash(Buffer.from([0xe9]), { cost: 4 })}`);

    assert.equal(await ask(header(Buffer.from([...Buffer.from('admin:'), 0xe9]))), undefined);
    assert.equal(await ask(header(Buffer.from([0xe9, 0x3a]))), 400);
  });

  it('sees changes of the file at once, also of a password that was right before', async () => {
    const { ask, file } = await accessTo(`admin:${digest}`);
    const before = await ask(header('admin:pass:word'));

    writeFileSync(file, `admin:${await hash('other', { cost: 4 })}`);

    assert.deepEqual(
      [before, await ask(header('admin:pass:word')), await ask(header('admin:other'))],
      [undefined, 401, undefined],
    );
  });

  it('answers 500 where a file or a digest has become unusable, but for what is public', async () => {
    const { ask, file, log } = await accessTo(`admin:${digest}`);

    writeFileSync(file, 'admin:secret');
    const unusable = await ask(header('admin:secret'));
    rmSync(file);

    assert.deepEqual(
      [unusable, await ask(header('admin:secret')), await ask(header('admin:secret'), open)],
      [500, 500, undefined],
    );
    assert.match(
      log.at('error').join('\n'),
      /Only bcrypt digested passwords are supported for admin\n.*cannot be read/,
    );
  });

  it('lets nobody in while the file is empty', async () => {
    const { ask } = await accessTo('');

    assert.equal(await ask(header('admin:pass:word')), 401);
  });

  it('leaves what is public open', async () => {
    const { ask } = await accessTo(`admin:${digest}`);

    assert.equal(await ask(undefined, open), undefined);
    assert.equal(await ask(header('admin:wrong'), open), undefined);
    assert.equal(await ask('Bearer x', open), 400);
  });

  it('refuses to start on a file that is missing or has other digests', async () => {
    const { file } = await accessTo('');
    writeFileSync(file, `admin:${digest}\n# a:comment\n`);
    const start = (path: string) => openBasicAccess({ path, now: () => new Date(), log: recordingLogger() });

    await assert.rejects(start(file), {
      kind: 'invalid',
      message: /http_basic_auth_user_file: .*Only bcrypt digested passwords are supported for # a/,
    });
    await assert.rejects(start(`${file}.missing`), { kind: 'invalid', message: /ENOENT/ });
  });
});

describe('the API with http_basic', () => {
  for (const [authorization, message] of [
    ['', 'Could not parse Authorization header'],
    ['Basic', 'Could not parse Authorization header'],
    ['Basic a b', 'Could not parse Authorization header'],
    ['Basic !!!', 'Could not decode authorization token'],
    ['Basic YWRtaW4=', 'Could not decode authorization token'],
    ['Bearer x', 'Unsupported authorization type "Bearer"'],
  ] as const) {
    it(`answers 400 to "${authorization}"`, async () => {
      const { access } = await accessTo(`admin:${digest}`);

      const answer = await askApi(apiFakes({ access }), 'GET /v1/introspection', {
        headers: { authorization },
      });

      assert.deepEqual([answer.statusCode, errorMessage(answer)], [400, message]);
    });
  }

  it('asks for a password', async () => {
    const { access } = await accessTo(`admin:${digest}`);

    const answer = await askApi(apiFakes({ access }), 'GET /v1/introspection');

    assert.deepEqual([answer.statusCode, errorMessage(answer)], [401, 'Authentication required']);
    assert.equal(answer.headers['www-authenticate'], 'Basic realm="Baremetal API"');
  });
});

const cases = new URL('../../../../../shared/data/policy/htpasswd-cases.json', import.meta.url);

describe('password files of the original', {
  skip: existsSync(cases) ? false : 'the files are not here',
}, () => {
  it('let their user in', async () => {
    const {
      entries,
      authorization_header: authorization,
      not_accepted: bad,
    } = JSON.parse(readFileSync(cases, 'utf8')) as Record<'entries' | 'not_accepted', string[]> & {
      authorization_header: string;
    };
    const good = entries.filter((entry) => !bad.some((wrong) => entry.startsWith(wrong)));

    assert.equal(good.length, 4);
    for (const entry of good) {
      const { ask } = await accessTo(entry);
      assert.equal(await ask(authorization), undefined, entry);
      assert.equal(await ask(header('myName:wrong')), 401, entry);
    }
  });
});
