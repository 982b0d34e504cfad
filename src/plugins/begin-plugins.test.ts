import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeBareMetal } from '../../testing/fake-bare-metal.ts';
import { loadingOf, pluginFile } from '../../testing/plugged-service.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { InspectorError } from '../errors/inspector-error.ts';
import type { NodeNotFoundContext } from '../hooks/node-not-found-hook.ts';
import type { Access } from '../pxe-filter/access.ts';
import type { FilterDriver } from '../pxe-filter/filter-driver.ts';
import { beginPlugins, noPlugins } from './begin-plugins.ts';
import { loadPlugins } from './load-plugins.ts';
import { pluginsOptions } from './plugins-options.ts';

const uuid = '6b1d7a52-0b3c-4f0e-9a53-0c6f3f2d8e10';

/** The plug-ins of these modules, begun with the configuration. */
async function begun(texts: readonly string[], configuration = '') {
  const log = recordingLogger();
  const paths = texts.map((text) =>
    pluginFile(`import { InspectorError, text } from 'ironic-inspector/plugin'; ${text}`),
  );
  const loaded = await loadPlugins(loadingOf({ paths }));
  const groups = loaded.map(({ optionGroup }) => optionGroup);
  const files = [{ path: '/x', text: configuration }];
  const config = loadConfiguration([pluginsOptions, ...groups], { files });
  return { log, paths, plugins: await beginPlugins(loaded, config, log) };
}

const plugin = (name: string, rest: string) =>
  `export const plugin = { name: '${name}', apiVersion: 1, ${rest} };`;

describe('beginPlugins', () => {
  it('gives init the options, and lets plug-ins go in the opposite order', async () => {
    const told = "context.log.info('begun with ' + context.options.word)";
    const options = "options: { word: text({ default: 'none', help: 'A word.' }) }";
    const { log, plugins } = await begun(
      [
        plugin(
          'one',
          `${options}, async init(context) { ${told}; }, close() { throw new Error('one closes') }`,
        ),
        plugin('two', "close() { throw new InspectorError('invalid', 'two closes') }"),
      ],
      '[one]\nword = good\n',
    );

    await plugins.close();

    assert.ok(log.at('info').includes('begun with good'));
    assert.deepEqual(
      [...new Set(log.at('error'))],
      ['close of plug-in two: two closes', 'Unexpected exception Error in close of plug-in one: one closes'],
    );
  });

  it('tells of all that refuse, and closes the others', async () => {
    const texts = [
      plugin('one', "close() { throw new InspectorError('invalid', 'is closed') }"),
      plugin('two', "init() { throw new InspectorError('invalid', 'set [two]word') }"),
      plugin('three', 'async init() { null.x }'),
    ];

    await assert.rejects(begun(texts), (error: any) => {
      const [title, second, third] = error.message.split('\n');
      assert.equal(error.kind, 'invalid');
      assert.equal(title, 'The plug-ins do not start:');
      assert.match(second, /^plug-in two \(\/.*\): init of plug-in two: set \[two\]word$/);
      assert.match(
        third,
        /^plug-in three \(\/.*\): Unexpected exception TypeError in init of plug-in three: /,
      );
      return true;
    });
  });

  it('checks the options of plug-ins like all others', async () => {
    const text = `import { integer } from 'ironic-inspector/plugin';
      export const plugin = { name: 'racks', apiVersion: 1, options: { rows: integer({ default: 1, help: 'x' }) } };`;
    const loaded = await loadPlugins(loadingOf({ paths: [pluginFile(text)] }));
    const groups = loaded.map(({ optionGroup }) => optionGroup);
    const read = (line: string) =>
      loadConfiguration(groups, { files: [{ path: '/x', text: `[racks]\n${line}\n` }] });

    assert.throws(() => read('rows = many'), /\[racks\].*rows|rows.*racks/);
    assert.match(read('row = 1').warnings[0] ?? '', /unknown option 'row' of \[racks\].*did you mean rows/);
  });

  it('asks for the long name where several have the same', async () => {
    const hook = "processingHooks: [{ name: 'same' }]";
    const { plugins } = await begun([plugin('one', hook), plugin('two', hook)]);

    assert.equal(plugins.processingHooks.get('one:same')?.().name, 'same');
    assert.throws(() => plugins.processingHooks.get('same')?.(), {
      kind: 'invalid',
      message: 'several plug-ins bring "same": write one:same or two:same in the configuration',
    });
  });

  it('has the built-in rule plug-ins in any case', () => {
    assert.ok(noPlugins.rules.conditions.has('eq'));
    assert.equal(noPlugins.processingHooks.size, 0);
  });

  it('runs hooks with none of the optional members', async () => {
    const { log, plugins } = await begun([plugin('one', "processingHooks: [{ name: 'bare' }]")]);
    const hook = plugins.processingHooks.get('bare')?.();

    await hook?.beforeProcessing?.({}, { log });
    await hook?.beforeUpdate?.({}, undefined as any, { log });

    assert.deepEqual(hook?.dependencies, []);
  });
});

describe('a node-not-found hook of a plug-in', () => {
  async function handled(body: string) {
    const { log, plugins } = await begun([
      plugin('one', `nodeNotFoundHooks: [{ name: 'finder', async handle(data, on) { ${body} } }]`),
    ]);
    const bareMetal = new FakeBareMetal({});
    const context: NodeNotFoundContext = {
      log,
      bareMetal,
      findNodeByBmcAddress: async ([address]) => (address === '192.0.2.1' ? uuid : undefined),
      newUuid: uuid,
      isRecorded: async () => false,
    };
    return plugins.nodeNotFoundHooks.get('finder')?.().handle({ a: 1 }, context);
  }

  it('gives a node in the usual spelling, or none', async () => {
    assert.equal(await handled(`return '${uuid.toUpperCase()}'`), uuid);
    assert.equal(await handled("return on.findNodeByBmcAddress(['192.0.2.1'])"), uuid);
    assert.equal(await handled('return null'), undefined);
    assert.equal(await handled("if (await on.findPortByAddress('x')) return 'x'"), undefined);
  });

  it('is refused what is no UUID', async () => {
    await assert.rejects(handled("return '../etc'"), {
      kind: 'internal',
      message: 'hook finder of plug-in one: expected it to return the UUID of a node, or nothing',
    });
  });

  it('keeps the kind of what it throws, also of another copy of the class', async () => {
    const copy = "Object.assign(new Error('later'), { name: 'InspectorError', kind: 'unavailable' })";

    await assert.rejects(handled(`throw ${copy}`), (error) => {
      assert.ok(error instanceof InspectorError);
      assert.deepEqual([error.kind, error.message], ['unavailable', 'hook finder of plug-in one: later']);
      return true;
    });
    await assert.rejects(handled("await on.getNode('gone')"), { kind: 'not-found' });
  });
});

describe('a data store of a plug-in', () => {
  const stored = (body: string) =>
    begun([plugin('one', `dataStores: [{ name: 'keeper', save() {}, get() { ${body} } }]`)]).then(
      ({ plugins }) => plugins.dataStores.get('keeper')?.(),
    );

  it('has what the others have when there is nothing', async () => {
    const store = await stored('');

    await assert.rejects(async () => store?.get(uuid, 'processed'), {
      kind: 'not-found',
      message: `Introspection data not found for node ${uuid}, processed=True`,
    });
    await assert.rejects(async () => store?.get(uuid, 'unprocessed'), /processed=False$/);
    assert.equal(await store?.digest(uuid, 'processed'), undefined);
  });

  it('gives text, and its digest', async () => {
    const store = await stored("return '{}'");

    assert.equal(await store?.get(uuid, 'processed'), '{}');
    assert.equal(await store?.digest(uuid, 'processed'), '99914b932bd37a50b983c5e7c90ae93b');
  });

  it('is told what is wrong with anything else', async () => {
    const store = await stored('return {}');

    await assert.rejects(async () => store?.get(uuid, 'processed'), {
      kind: 'internal',
      message: 'data store keeper of plug-in one: expected get to return text, or nothing',
    });
  });
});

describe('a condition or action of a plug-in', () => {
  it('has the parameters of the original unless it names others', async () => {
    const { plugins } = await begun([
      plugin(
        'one',
        "ruleConditions: [{ name: 'c', check: () => 'yes' }], ruleActions: [{ name: 'a', apply() {} , validate() { throw new TypeError('bug') } }]",
      ),
    ]);
    const condition = plugins.rules.conditions.get('c');
    const action = plugins.rules.actions.get('a');

    assert.deepEqual(condition?.parameters, { required: ['value'], optional: [] });
    assert.throws(() => condition?.validate({}), /missing required parameter\(s\): value/);
    assert.throws(() => condition?.check({ field: 1, params: { value: 1 } } as any), {
      message: 'condition c of plug-in one: expected check to return true or false',
    });
    assert.deepEqual(action?.parameters, { required: [], optional: [] });
    assert.throws(() => action?.validate({}), {
      kind: 'internal',
      message: 'Unexpected exception TypeError in action a of plug-in one: bug',
    });
  });
});

describe('a PXE filter of a plug-in', () => {
  const access: Access = {
    mode: 'deny-list',
    allowed: new Set(['52:54:00:00:00:02', '52:54:00:00:00:01']),
    denied: new Set(['52:54:00:00:00:03']),
  };
  const driverOf = async (text: string): Promise<FilterDriver> => {
    const { plugins } = await begun([plugin('one', `pxeFilters: [{ name: 'f', ${text} }]`)]);
    const driver = plugins.pxeFilters.get('one:f')?.();
    assert.ok(driver);
    return driver;
  };

  it('is told the whole of who may boot, as data of its own', async () => {
    const driver = await driverOf(`
      async sync(context) {
        const told = { macs: await context.allowedMacs(), access: context.access() };
        if (!Object.isFrozen(told.access) || !Object.isFrozen(told.access.denied)) throw new Error('not frozen');
        throw new Error(JSON.stringify(told));
      }`);

    const allowed = [...access.allowed].sort();
    const told = JSON.stringify({
      macs: allowed,
      access: { mode: 'deny-list', allowed, denied: ['52:54:00:00:00:03'] },
    });
    const change = { allow: [], deny: [], forget: [], modeWas: 'closed' } as const;
    await assert.rejects(driver.apply(access, change), {
      kind: 'internal',
      message: `Unexpected exception Error in PXE filter f of plug-in one: ${told}`,
    });
  });

  it('may ask who may boot until its call has ended', async () => {
    const driver = await driverOf(`
      sync(context) {
        if (this.before) this.before.access();
        this.before = context;
      }`);

    await driver.apply(access);

    await assert.rejects(driver.apply(access), { message: /PXE filter f of plug-in one has ended/ });
  });

  it('is made ready and torn down where it can be', async () => {
    const plain = await driverOf('sync() {}');
    const full = await driverOf(`
      wantsPeriodicSync: false,
      init({ options }) { if (options) throw new Error('made ready'); },
      sync() {},
      tearDown({ options }) { if (options) throw new Error('torn down'); }`);

    await plain.init();
    await plain.tearDown();

    assert.equal(plain.wantsPeriodicSync, true);
    assert.equal(full.wantsPeriodicSync, false);
    await assert.rejects(full.init(), { message: /: made ready$/ });
    await assert.rejects(full.tearDown(), { message: /: torn down$/ });
  });
});
