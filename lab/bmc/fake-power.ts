import type { BootChoice } from '../machine/boot-device.ts';
import type { PowerControl } from '../machine/machine-power.ts';

/** A machine's power that only keeps what is done to it. */
export function fakePower(): PowerControl & { readonly calls: string[] } {
  const calls: string[] = [];
  let isOn = false;
  let choice: BootChoice = { device: 'default', once: false };
  const call = (name: string, state: boolean) => async () => {
    calls.push(name);
    isOn = state;
  };
  return {
    calls,
    isOn: () => isOn,
    on: call('on', true),
    off: call('off', false),
    reset: call('reset', true),
    boot: () => choice,
    setBoot(next) {
      choice = next;
    },
  };
}
