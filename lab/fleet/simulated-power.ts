import type { BootChoice, BootDevice } from '../machine/boot-device.ts';
import type { PowerControl } from '../machine/machine-power.ts';

/** What a machine does from power-on until its signal tells that it is switched off. */
export type MachineLife = (boot: BootDevice, signal: AbortSignal) => Promise<void>;

/**
 * The power of a machine that is only played: each start begins a life, and switching off ends it.
 *
 * @param onOff Told when it is switched off
 */
export function simulatedPower(live: MachineLife, onOff: () => void): PowerControl {
  let choice: BootChoice = { device: 'default', once: false };
  let running: AbortController | undefined;
  const on = async () => {
    if (running !== undefined) return;
    const { device } = choice;
    if (choice.once) choice = { device: 'default', once: false };
    running = new AbortController();
    void live(device, running.signal);
  };
  const off = async () => {
    if (running === undefined) return;
    running.abort();
    running = undefined;
    onOff();
  };
  return {
    isOn: () => running !== undefined,
    on,
    off,
    async reset() {
      await off();
      await on();
    },
    boot: () => choice,
    setBoot(next) {
      choice = next;
    },
  };
}
