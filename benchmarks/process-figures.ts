import { readFileSync } from 'node:fs';

/** Of a clock tick, as Linux tells times of processes. */
const ticksPerSecond = 100;

/** What a process takes: its memory now in MB, and the processor time until now. */
export function processFigures(pid: number): { readonly megabytes: number; readonly cpuSeconds: number } {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // The name, in parentheses, may have spaces in it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { megabytes: Math.round(Number(kilobytes) / 1024), cpuSeconds: ticks / ticksPerSecond };
}
