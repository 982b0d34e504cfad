/**
 * Runs inside a network namespace that `iptables-driver.test.ts` makes, as a user with or without privileges: the whole
 * life of an iptables driver with the runner that the service has. Prints what is in force after each step as JSON.
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { defaultsOf } from '../../src/config/option.ts';
import { mayChangeNetworks, privilegedRunner } from '../../src/host/privileged-command.ts';
import { silentLogger } from '../../src/logging/logger.ts';
import { iptablesDriver } from '../../src/pxe-filter/iptables/iptables-driver.ts';
import { iptablesOptions } from '../../src/pxe-filter/iptables/iptables-options.ts';

const { values } = parseArgs({ options: { path: { type: 'string' } } });
const run = privilegedRunner({
  rootwrapConfig: '/etc/ironic-inspector/rootwrap.conf',
  isEnough: mayChangeNetworks,
  ...(values.path === undefined ? {} : { path: values.path }),
});
const driver = iptablesDriver(defaultsOf(iptablesOptions), { run, log: silentLogger() });
const rules = async () => {
  const saved = await run({ program: 'iptables-save', args: ['-t', 'filter'] });
  return saved.split('\n').filter((line) => line.startsWith('-A'));
};
const nobody = new Set<string>();
const denied = new Set(['52:54:00:00:00:0a']);
const steps: Record<string, unknown> = {
  user: execFileSync('/usr/bin/id', ['-un'], { encoding: 'utf8' }).trim(),
};
try {
  await driver.init();
  steps['init'] = await rules();
  await driver.apply({ mode: 'deny-list', allowed: nobody, denied });
  steps['whole'] = await rules();
  const change = { allow: [], deny: [], forget: [...denied], modeWas: 'deny-list' } as const;
  await driver.apply({ mode: 'deny-list', allowed: nobody, denied: nobody }, change);
  steps['change'] = await rules();
  await driver.tearDown();
  steps['tearDown'] = await rules();
} catch (error) {
  steps['error'] = String(error);
}
process.stdout.write(JSON.stringify(steps));
