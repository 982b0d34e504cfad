import type { DemoDirectory } from './demo-directory.ts';

/** What is left behind, and what to try with it. */
interface Leftovers {
  readonly directory: DemoDirectory;
  readonly url: string;
  /** The service's process id, where it goes on. */
  readonly pid: number | undefined;
  /** Options that lead another run to the same folder and port: ` --port 5051`. */
  readonly options: readonly string[];
}

/** Where everything is, and which commands to try next. */
export function nextSteps({ directory, url, pid, options }: Leftovers): string {
  const places = [
    ['configuration', directory.configFile],
    ['database', directory.database],
    ['log', directory.logFile],
  ] as const;
  const commands = pid === undefined ? afterwards(options) : meanwhile(url, pid);
  const width = Math.max(...commands.map(([command]) => command.length));
  return [
    'Where it is',
    ...places.map(([what, path]) => `  ${what.padEnd(13)}  ${path}`),
    '',
    ...(pid === undefined ? [] : [`The service goes on at ${url} (process ${pid})`]),
    'What to try next',
    ...commands.map(([command, effect]) => `  ${command.padEnd(width)}  ${effect}`),
    '',
  ].join('\n');
}

type Command = readonly [command: string, effect: string];

function afterwards(options: readonly string[]): Command[] {
  const demo = (...more: string[]) =>
    `npm run demo ${[...options, ...more].length > 0 ? '-- ' : ''}${[...options, ...more].join(' ')}`.trim();
  return [
    [demo(), 'finds the same node again, and updates it'],
    [demo('--keep'), 'leaves the service running, to look around in its API'],
    [demo('--fresh'), 'begins anew'],
    ['npx ironic-inspector-agent --print', 'shows the inventory that was posted'],
  ];
}

function meanwhile(url: string, pid: number): Command[] {
  return [
    [`curl -s ${url}/v1/introspection`, 'every introspection'],
    [`curl -s ${url}/baremetal/v1/nodes/detail`, 'every node'],
    [
      `openstack --os-auth-type none --os-endpoint ${url}/baremetal baremetal node list`,
      "the same by OpenStack's own client",
    ],
    [`npx ironic-inspector-agent --url ${url}/v1/continue`, 'inspects this machine once more'],
    [`kill ${pid}`, 'stops the service'],
  ];
}

/** A word for the shell: as it is where that is safe, else in quotes. */
export function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
