import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bareMetalPort } from '../../../testing/bare-metal-builder.ts';
import { FakeBareMetal } from '../../../testing/fake-bare-metal.ts';
import { postedData, recordedHooks } from '../../../testing/recorded-hook-case.ts';
import { defaultsOf } from '../../config/option.ts';
import { messageOf } from '../../errors/inspector-error.ts';
import { silentLogger } from '../../logging/logger.ts';
import { runPreHooks } from '../run-pre-hooks.ts';
import { nodeNotFoundHookBuiltIns } from './built-ins.ts';
import { discoveryOptions } from './enroll.ts';

/** What the original answered to machines that match no node, and the node that it made. */
const oracle = new URL('../../../../shared/oracle/', import.meta.url);
const golden = new URL('golden-head/', oracle);
const present = existsSync(golden);
const families = /^enroll-(?!bad-data)|^continue-unknown-node-example-hook\b/;

interface Outcome {
  readonly failure: string | undefined;
  readonly created: any;
}

describe('node-not-found hooks on recorded requests', {
  skip: present ? false : 'the recorded answers are not here',
}, () => {
  for (const file of present ? readdirSync(golden).filter((name) => families.test(name)) : []) {
    const recorded = JSON.parse(readFileSync(new URL(file, golden), 'utf8'));
    it(`${recorded.case} ends as recorded`, async () => {
      const { failure, created } = await run(recorded);

      const answer = recorded.steps[0].response.body;
      const said = /Node not found hook (?:failed: (.*)|(returned nothing))$/.exec(
        answer.error?.message ?? '',
      );
      assert.equal(failure, said?.[1] ?? said?.[2]);
      const made = recorded.steps.find((step: any) => step.ironic !== undefined)?.ironic.node;
      assert.equal(created?.driver, made?.driver);
      // A rule adds a user name in one case.
      assert.equal(created?.driver_info.ipmi_address, made?.driver_info.ipmi_address);
      assert.equal(created?.inspect_interface ?? 'no-inspect', made?.inspect_interface ?? 'no-inspect');
      assert.equal(created?.provision_state, made?.provision_state);
    });
  }
});

async function run(recorded: any): Promise<Outcome> {
  const written = JSON.parse(readFileSync(new URL('variants.json', oracle), 'utf8'))[recorded.variant];
  const discovery: any = { ...defaultsOf(discoveryOptions) };
  for (const [name, option] of Object.entries(discoveryOptions.options)) {
    const text = written[`discovery.${name}`];
    if (text !== undefined) discovery[name] = option.parse(text);
  }
  const data = postedData(recorded);
  const log = silentLogger();
  const hooks = recordedHooks(oracle, recorded.variant);
  assert.deepEqual(await runPreHooks(hooks, data, { log }), []);
  const bareMetal = new FakeBareMetal({ ports: portsBefore(recorded) });
  const hook = nodeNotFoundHookBuiltIns.get(written['processing.node_not_found_hook'])?.({ discovery });
  const known = recorded.case === 'enroll-bmc-exists' ? '<node0>' : undefined;
  const newUuid = '1be26c0b-03f2-4d2e-ae87-c02d7f33c123';
  const isRecorded = async () => false;
  const context = { log, bareMetal, findNodeByBmcAddress: async () => known, newUuid, isRecorded };
  try {
    const uuid = await hook?.handle(data, context);
    return {
      failure: uuid === undefined ? 'returned nothing' : undefined,
      created: bareMetal.nodes.get(uuid ?? ''),
    };
  } catch (error) {
    return { failure: messageOf(error), created: undefined };
  }
}

function portsBefore(recorded: any) {
  const address = /Port (\S+) already exists/.exec(JSON.stringify(recorded.steps[0].response))?.[1];
  return address === undefined ? [] : [bareMetalPort({ uuid: `<port ${address}>`, address })];
}
