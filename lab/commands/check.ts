import { InspectorError } from '../../src/errors/inspector-error.ts';
import { missingPackages, neededPackages } from '../setup/needed-packages.ts';
import { preflight } from '../setup/preflight.ts';
import type { LabCommand } from './lab-command.ts';
import { settingsOf, type UpOptions, withUpOptions } from './up-options.ts';

/** `lab check` */
export const checkCommand: LabCommand = (program, on) => {
  withUpOptions(
    program
      .command('check')
      .description('tells whether a lab with these options can be started; changes nothing'),
  ).action((options: UpOptions) => {
    const results = preflight(on);
    for (const { what, problem } of results)
      on.write(`${problem === undefined ? 'ok     ' : 'missing'}  ${what}\n`);
    const missing = missingPackages(neededPackages(settingsOf(options)), on.attempt);
    on.write(
      missing.length === 0
        ? 'ok       packages\n'
        : `missing  packages, which "up" installs: ${missing.join(', ')}\n`,
    );
    const problems = results.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) throw new InspectorError('unavailable', problems.join('\n'));
  });
};
