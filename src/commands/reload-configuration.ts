import type { LoadedConfiguration } from '../config/load-configuration.ts';
import { loggingOptions } from '../config/logging-options.ts';
import type { OptionsOf } from '../config/option.ts';
import type { ReloadableConfiguration } from '../config/reloadable-configuration.ts';
import { messageOf } from '../errors/inspector-error.ts';
import type { OpenLogger } from '../logging/open-logger.ts';
import type { SwitchableLog } from '../logging/switchable-log.ts';

/** What a reload works with. */
export interface Reload {
  readonly current: ReloadableConfiguration;
  readonly log: Pick<SwitchableLog, 'logger' | 'setLevel' | 'switchTo'>;
  /** The configuration as its sources have it now. @throws InspectorError */
  readonly read: () => LoadedConfiguration;
  /** Another log by these options. @throws InspectorError */
  readonly openLog: (options: OptionsOf<typeof loggingOptions.options>) => OpenLogger;
}

/**
 * SIGHUP: reads the configuration again and takes over what may change while the service runs. A faulty file
 * changes nothing, and the log says what is wrong with it.
 */
export async function reloadConfiguration({ current, log, read, openLog }: Reload): Promise<void> {
  const { logger } = log;
  const before = current.configuration.get(loggingOptions);
  try {
    const { taken, ignored } = current.take(read());
    for (const sentence of taken) logger.info(sentence);
    for (const sentence of ignored) logger.warning(sentence);
  } catch (error) {
    logger.error(`The configuration cannot be read again and stays as it was: ${messageOf(error)}`);
    return;
  }
  const options = current.configuration.get(loggingOptions);
  log.setLevel(options.debug ? 'debug' : 'info');
  // The file's name may be the same while what it says is not.
  if (!before.log_config_append && !options.log_config_append) return;
  try {
    await log.switchTo(openLog(options));
  } catch (error) {
    logger.error(`The log stays as it was: ${messageOf(error)}`);
  }
}
