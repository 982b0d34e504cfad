import { InspectorError } from '../errors/inspector-error.ts';
import { parseDemoArguments } from './demo/demo-arguments.ts';
import { demoClient } from './demo/demo-client.ts';
import { type DemoDirectory, openDirectory } from './demo/demo-directory.ts';
import { inspectThisMachine } from './demo/inspect-this-machine.ts';
import { type ServiceProcess, startService } from './demo/service-process.ts';
import { summaryOf } from './demo/summary.ts';

/**
 * Starts the service, has it inspect the machine it runs on, and shows what was found.
 *
 * @param argv the arguments behind `npm run demo --`
 * @returns the exit code: 0 done, 1 something in the surroundings is missing, 2 wrong arguments
 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = parseDemoArguments(argv);
  if ('exitCode' in given) return given.exitCode;
  try {
    await demonstrate(given.directory, given);
    return 0;
  } catch (error) {
    if (!(error instanceof InspectorError)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  }
}

async function demonstrate(
  path: string,
  { port, keep, fresh }: { port: number; keep: boolean; fresh: boolean },
): Promise<void> {
  const began = performance.now();
  const tell = (line: string) =>
    console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  const directory = openDirectory(path, { port, fresh });
  const client = demoClient(`http://127.0.0.1:${port}`);
  tell(`Starting the service on ${client.url}, with everything it keeps in ${directory.path}`);
  const service = await startService(directory, client, port);
  if (service.found) tell(`It is running already (process ${service.pid})`);
  let served = false;
  try {
    const findings = await inspectThisMachine(client, tell);
    tell('Done');
    console.log(`\n${summaryOf(findings)}`);
    served = true;
  } finally {
    if (served && (keep || service.found)) service.leaveRunning();
    else await service.stop();
  }
  console.log(nextSteps(directory, client.url, keep || service.found ? service : undefined));
}

function nextSteps(directory: DemoDirectory, url: string, running: ServiceProcess | undefined): string {
  const kept = [
    'Where it is',
    `  configuration  ${directory.configFile}`,
    `  database       ${directory.database}`,
    `  log            ${directory.logFile}`,
    '',
  ];
  if (running === undefined) {
    return [
      ...kept,
      'What to try next',
      '  npm run demo                        a second run finds the same node and updates it',
      '  npm run demo -- --keep              leaves the service running, to look around in its API',
      '  npm run demo -- --fresh             begins anew',
      `  npx ironic-inspector --config-file ${directory.configFile}`,
      '  npx ironic-inspector-agent --print  the inventory that was posted',
    ].join('\n');
  }
  return [
    ...kept,
    `The service goes on at ${url} (process ${running.pid}). What to try next`,
    `  curl -s ${url}/v1/introspection           every introspection`,
    `  curl -s ${url}/baremetal/v1/nodes/detail  every node`,
    `  openstack --os-auth-type none --os-endpoint ${url}/baremetal baremetal node list`,
    `  npx ironic-inspector-agent --url ${url}/v1/continue`,
    `  kill ${running.pid}  stops it`,
  ].join('\n');
}
