import { bool, integer, optionGroup } from '../config/option.ts';

/** `[history]`, which the original does not have. */
export const historyOptions = optionGroup('history', {
  enabled: bool({
    default: true,
    help: 'Whether every introspection of a node is kept as a run, to be read and compared later.',
  }),
  max_runs: integer({
    default: 20,
    min: 0,
    help: 'How many runs of a node are kept, the latest. Zero: any number.',
  }),
  max_age: integer({
    default: 365,
    min: 0,
    max: 36_500,
    help: 'Days that a run is kept; the latest of each node stays. Zero: for ever.',
  }),
  clean_up_period: integer({
    default: 600,
    min: 0,
    help: 'Seconds between two clean-ups of runs that need not be kept any more. Zero: never.',
  }),
});
