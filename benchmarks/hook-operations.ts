import { processingHookBuiltIns } from '../src/hooks/processing/built-ins.ts';
import type { ProcessingHook } from '../src/hooks/processing-hook.ts';
import { runPostHooks } from '../src/hooks/run-post-hooks.ts';
import { runPreHooks } from '../src/hooks/run-pre-hooks.ts';
import { checkRamdiskData } from '../src/inventory/check-ramdisk-data.ts';
import type { JsonObject } from '../src/json/json-value.ts';
import { parseJson } from '../src/json/parse-json.ts';
import { pythonJson } from '../src/json/python-json.ts';
import { silentLogger } from '../src/logging/logger.ts';
import type { NodeDraft } from '../src/nodes/node-draft.ts';
import { builtInHooks, hookOptions } from '../testing/hook-pipeline.ts';
import { largeMachine, type MachineSize } from '../testing/large-machine.ts';
import { nodeDraft } from '../testing/node-draft-builder.ts';
import type { Operation } from './measurement.ts';

/** The operation that is all hooks together, and the plan. */
const total = 'all hooks, and the plan';

const context = { log: silentLogger() };

/** A document and a node that are as new for each round. */
interface Fresh {
  readonly data: JsonObject;
  readonly draft: NodeDraft;
}

/** What is measured: reading the document, every hook by itself, all of them, and writing the result. */
export function hookOperations(size: MachineSize): {
  readonly operations: readonly Operation[];
  readonly characters: number;
  readonly total: string;
} {
  const { data, properties, ports } = largeMachine(size);
  const text = Buffer.from(JSON.stringify(data));
  const fresh = (): Fresh => ({
    data: structuredClone(data),
    draft: nodeDraft({ properties }, structuredClone([...ports])),
  });
  const hooks = allHooks();
  const operations = [
    { name: 'reading: parse', run: async () => parseJson(text) },
    onEach('reading: check', fresh, async (given) => checkRamdiskData(given.data)),
    ...hooks.map((hook) =>
      onEach(
        hook.name,
        () => before(hook, hooks, fresh()),
        async (given) => {
          await runPreHooks([hook], given.data, context);
          await runPostHooks([hook], given.data, given.draft, context);
        },
      ),
    ),
    onEach(total, fresh, (given) => runAll(hooks, given)),
    onEach('writing', fresh, async (given) => pythonJson(given.data)),
  ];
  return { operations, characters: text.length, total };
}

/** All built-in hooks, in an order that serves each. */
function allHooks(): readonly ProcessingHook[] {
  const options = hookOptions({
    'processing.add_ports': 'all',
    'capabilities.boot_mode': 'true',
    'pci_devices.alias': ['{"vendor_id": "8086", "product_id": "10fb", "name": "nic"}'],
    'port_physnet.cidr_map': '203.0.113.0/24:other,198.51.0.0/16:physnet,2001:db8::/32:physnet6',
  });
  const first = ['raid_device', ...options.processing.default_processing_hooks.split(',')];
  const others = [...processingHookBuiltIns.keys()].filter((name) => !first.includes(name));
  return builtInHooks([...first, ...others.toSorted()].join(), options);
}

/** A document and a node as a hook finds them: the hooks before it have run. */
function before(hook: ProcessingHook, hooks: readonly ProcessingHook[], given: Fresh): Promise<Fresh> {
  return runAll(hooks.slice(0, hooks.indexOf(hook)), given);
}

async function runAll(hooks: readonly ProcessingHook[], given: Fresh): Promise<Fresh> {
  const failures = await runPreHooks(hooks, given.data, context);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  await runPostHooks(hooks, given.data, given.draft, context);
  given.draft.plan();
  return given;
}

function onEach(
  name: string,
  prepare: () => Fresh | Promise<Fresh>,
  run: (given: Fresh) => Promise<unknown>,
): Operation {
  let given: Fresh | undefined;
  return {
    name,
    prepare: async () => {
      given = await prepare();
    },
    run: async () => {
      if (given !== undefined) await run(given);
    },
  };
}
