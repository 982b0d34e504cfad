import { float, list, optionGroup } from '../config/option.ts';

/** `[plugins]`. */
export const pluginsOptions = optionGroup('plugins', {
  packages: list({
    default: [],
    help: 'Comma-separated list of npm packages with plug-ins. They are looked for in the node_modules folders above the working directory, and then in those above the service itself.',
  }),
  paths: list({
    default: [],
    help: 'Comma-separated list of files with plug-ins (.mjs, .js, .mts or .ts), of folders with such files or with a package, or of patterns with * in the name of the file. Absolute. Nobody but the service and root may be able to write them.',
  }),
  time_limit: float({
    default: 30,
    min: 0,
    help: 'Seconds that a call of a plug-in may take; then the introspection that it was made for fails. 0 for no limit.',
  }),
});
