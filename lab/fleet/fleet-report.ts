import type { FleetAccount } from './fleet-account.ts';

const shownDeviations = 10;

/** An account as lines for people. */
export function fleetReport(account: FleetAccount): string {
  return [
    stageLines(account),
    durationLines(account),
    outcomeLines(account),
    dhcpLines(account),
    deviationLines(account),
  ]
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

function stageLines({ stages }: FleetAccount): string[] {
  const reached = stages.filter(({ times }) => times > 0);
  const rows = reached.map(({ stage, machines, times }) => {
    const again = times > machines ? `  (${times} times)` : '';
    return `  ${stage.padEnd(22)}${String(machines).padStart(7)}${again}`;
  });
  return ['stage                   machines', ...rows, ''];
}

function durationLines({ durations }: FleetAccount): string[] {
  const columns = ['p50', 'p95', 'p99', 'longest'] as const;
  const head = `milliseconds${' '.repeat(17)}${['count', ...columns].map((name) => name.padStart(9)).join('')}`;
  const rows = durations
    .filter(({ count }) => count > 0)
    .map((row) => {
      const numbers = [row.count, ...columns.map((name) => row[name])];
      return `  ${row.step.padEnd(27)}${numbers.map((value) => value.toFixed(0).padStart(9)).join('')}`;
    });
  return [head, ...rows, ''];
}

function outcomeLines({
  machines,
  seconds,
  outcomes,
  byTrait,
  neverAnswered,
  answers,
  lost,
  complaints,
}: FleetAccount): string[] {
  const perMinute = ((outcomes.finished / seconds) * 60).toFixed(0);
  return [
    `${machines} machines in ${seconds.toFixed(1)} s: ${countsOf(outcomes)}; ${perMinute} finished a minute`,
    ...Object.entries(byTrait).map(
      ([trait, counts]) => `  ${trait === 'none' ? 'plain' : trait}: ${countsOf(counts)}`,
    ),
    `never answered: ${neverAnswered}`,
    `answers to callbacks: ${countsOf(answers) || 'none'}`,
    ...(countsOf(lost) === '' ? [] : [`lost on purpose: ${countsOf(lost)}`]),
    ...complaints.slice(0, shownDeviations).map((complaint) => `refused: ${complaint}`),
  ];
}

function countsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function dhcpLines({ dhcp }: FleetAccount): string[] {
  if (dhcp === undefined) return [];
  const { answers, wrong, idle, deployed } = dhcp;
  return [
    `DHCP answers: ${answers.inspection} of the service's server, ${answers.deployment} of the deployment's; wrong ones: ${wrong}`,
    `  ${idle} idle machines asked the whole time; ${deployed} booted by the deployment when they were finished`,
  ];
}

function deviationLines({ deviations }: FleetAccount): string[] {
  if (deviations.length === 0) return ['all as expected'];
  const shown = deviations
    .slice(0, shownDeviations)
    .map(
      ({ machine, traits, expected, came }) =>
        `  ${machine} (${traits.join(', ') || 'plain'}): expected ${expected}, came ${came}`,
    );
  const left = deviations.length - shown.length;
  return [`not as expected: ${deviations.length}`, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])];
}
