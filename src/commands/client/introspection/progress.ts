import { escapeControl } from '../../../logging/escape-control.ts';
import type { ClientConsole } from '../client-console.ts';

/** Tells on standard error how far the nodes are that are waited for. */
export interface Progress {
  /** What is known now, by node. */
  update(states: ReadonlyMap<string, string>): void;
  /** Takes the line off a terminal. */
  end(): void;
}

/** One line that is written over and over at a terminal, elsewhere a line for each change. */
export function progressOn(on: Pick<ClientConsole, 'tell' | 'errorColumns' | 'elapsed'>): Progress {
  const started = on.elapsed();
  const time = () => shownDuration((on.elapsed() - started) / 1000);
  const { errorColumns: columns } = on;
  return columns === undefined ? linePerChange(on.tell, time) : oneLine(on.tell, time, columns);
}

function linePerChange(tell: ClientConsole['tell'], time: () => string): Progress {
  const told = new Map<string, string>();
  return {
    update(states) {
      for (const [node, state] of states) {
        if (told.get(node) === state) continue;
        told.set(node, state);
        tell(`${escapeControl(node)}: ${escapeControl(state)} (${time()})\n`);
      }
    },
    end: () => {},
  };
}

function oneLine(tell: ClientConsole['tell'], time: () => string, columns: number): Progress {
  return {
    update(states) {
      const parts = [...states].map(([node, state]) => `${node}: ${state}`);
      const line = escapeControl(`${time()} ${parts.join(', ')}`);
      const shown = line.length < columns ? line : `${line.slice(0, columns - 2).toWellFormed()}…`;
      tell(`\r\u001b[K${shown}`);
    },
    end: () => tell('\r\u001b[K'),
  };
}

/** `0:07`, `12:30`, `1:00:00`. */
function shownDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
