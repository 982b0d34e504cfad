import { setTimeout as wait } from 'node:timers/promises';
import { ServiceClient } from '../../../testing/service-client.ts';
import type { Bench } from '../bench.ts';
import { SizedCallbacks } from '../callback-load.ts';
import { compare } from '../compare.ts';
import type { Contestant } from '../contestant.ts';
import type { CallbackFigures } from '../measure-callbacks.ts';
import { type Subset, servicesIn } from '../subset.ts';

const concurrency = 8;

/** Numbers of rules with each size of documents. */
export const rulesSubset: Subset = {
  name: 'rules',
  description: 'introspections a second with rules, half of which match and set a field of the node',
  measurements: (settings) =>
    servicesIn(settings) * settings.rules.length * settings.payloads.length * settings.rounds,
  async run(bench) {
    const callbacks = new SizedCallbacks(bench);
    for (const rules of bench.settings.rules) {
      for (const payload of bench.settings.payloads) {
        const what = `${rules} rules, ${payload}, ${concurrency} at a time`;
        await compare<CallbackFigures>(bench, {
          subset: 'rules',
          what,
          contestants: ['ours', 'original'],
          nodes: bench.settings.nodes,
          rows: [
            { name: what, unit: 'introspections/s', better: 'higher', of: ({ rate }) => rate },
            { name: `${what}: p99`, unit: 'ms', better: 'lower', of: ({ finished }) => finished.p99 },
          ],
          async measure(contestant) {
            await setRules(contestant, rules);
            return callbacks.measure(contestant, { payload, concurrency }, `${rules} rules`);
          },
        });
      }
    }
    await withoutRules(bench);
  },
};

/** Others measure without any. */
async function withoutRules(bench: Bench): Promise<void> {
  for (const name of ['ours', 'original'] as const) {
    if (!bench.settings.contestants.includes(name)) continue;
    await setRules(await bench.contestant(name, bench.settings.nodes), 0);
  }
}

/** Sees to it that the service has just so many rules. */
async function setRules({ url }: Contestant, count: number): Promise<void> {
  const client = new ServiceClient(url);
  try {
    const { rules } = await client.do('GET /v1/rules');
    if (rules.length === count) return;
    await client.do('DELETE /v1/rules');
    for (let number = 0; number < count; number++) await client.do('POST /v1/rules', ruleOf(number));
    // The services may read rules a moment late.
    await wait(100);
  } finally {
    await client.close();
  }
}

/** Each asks for something else; every other one matches. */
function ruleOf(number: number) {
  return {
    description: `rule ${number}`,
    conditions: [
      { op: 'gt', field: 'memory_mb', value: number % 2 === 0 ? number : 1e9 },
      {
        op: 'matches',
        field: 'inventory.interfaces[*].name',
        value: `[a-z]+[0-9]*|${number}`,
        multiple: 'all',
      },
      { op: 'in-net', field: 'inventory.bmc_address', value: '10.0.0.0/8' },
      { op: 'is-empty', field: `node://extra.rule${number}` },
    ],
    actions: [{ action: 'set-attribute', path: `/extra/rule${number}`, value: '{data[memory_mb]} MB' }],
  };
}
