import { InspectorError } from '../../../errors/inspector-error.ts';
import { proxiesOf } from '../../../keystone/proxies.ts';
import { openServiceSession, type ServiceSession } from '../../../keystone/service-session.ts';
import { type Logger, loggerOver } from '../../../logging/logger.ts';
import type { ClientConsole } from '../client-console.ts';
import type { Given } from '../given.ts';
import { optionOf } from '../global-options.ts';
import { connectionSettings } from './connection-settings.ts';
import { type InspectorApi, inspectorApi } from './inspector-api.ts';

/** A connection that is opened at its first use. */
export interface Connection {
  readonly api: InspectorApi;
  /** Ends requests under way. */
  close(): Promise<void>;
}

/** The section that errors of the session name. */
const section = 'openstack';

/** The service that options, environment and clouds.yaml tell of. */
export function openConnection(given: Given, on: ClientConsole, signal: AbortSignal): Connection {
  const log = debugLog(given, on);
  let opening: Promise<{ session: ServiceSession; apiVersion: string | undefined }> | undefined;
  const opened = () => (opening ??= open());

  async function open() {
    const { settings, apiVersion } = await connectionSettings(given, on);
    const session = inOptions(() =>
      openServiceSession({
        section,
        settings,
        proxies: proxiesOf(on.environment),
        retriableStatusCodes: [503],
        now: on.now,
        random: on.random,
        wait: (milliseconds) => on.wait(milliseconds, signal),
        log,
      }),
    );
    return { session: told(session, log), apiVersion };
  }

  return {
    api: inspectorApi(
      async () => (await opened()).session,
      async () => (await opened()).apiVersion,
    ),
    async close() {
      const connected = await opening?.catch(() => undefined);
      await connected?.session.close();
    },
  };
}

/** The session, with its requests in the log and its errors in the words of the command line. */
function told(session: ServiceSession, log: Logger): ServiceSession {
  return {
    close: () => session.close(),
    endpoint: () => inOptionsLater(session.endpoint()),
    async send(request) {
      log.debug(`${request.method} ${request.path}${request.body === undefined ? '' : ` ${request.body}`}`);
      const answer = await inOptionsLater(session.send(request));
      log.debug(`${answer.status} ${answer.body.toString('utf8', 0, 2000)}`);
      return answer;
    },
  };
}

function debugLog(given: Given, { tell }: ClientConsole): Logger {
  const isWanted = given.has('--debug');
  return loggerOver((level, message) => {
    if (isWanted || (level !== 'debug' && level !== 'info')) tell(`${level.toUpperCase()} ${message}\n`);
  });
}

function inOptions<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw reworded(error);
  }
}

async function inOptionsLater<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw reworded(error);
  }
}

const otherNames: Readonly<Record<string, string>> = {
  endpoint_override: '--inspector-url',
  cafile: '--os-cacert',
  certfile: '--os-cert',
  keyfile: '--os-key',
  valid_interfaces: '--os-interface',
};

/** The session knows its settings as options of a configuration file, of which this program has none. */
function reworded(error: unknown): unknown {
  if (!(error instanceof InspectorError)) return error;
  const { message, kind } = error;
  const text = message
    .replace(/\[openstack\](\w+)/g, (_, name: string) => otherNames[name] ?? optionOf(name))
    .replaceAll('[openstack]', 'the options, the environment and clouds.yaml');
  return text === message ? error : new InspectorError(kind, text, { cause: error });
}
