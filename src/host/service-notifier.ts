import { type ChildProcess, spawn } from 'node:child_process';

/** Tells the service manager how the service is doing. */
export interface ServiceNotifier {
  /** It serves; the watchdog is fed from here on. `status` is shown by `systemctl status`. */
  ready(status: string): void;
  /** It reads its configuration again; `ready` follows. */
  reloading(): void;
  /** It stops; the watchdog is fed until `end`. */
  stopping(): void;
  /** Tells nothing any more. */
  end(): void;
}

/** What systemd sets, and how it is told. */
export interface NotifierSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly processId: number;
  /** Told once when the service manager cannot be told. */
  readonly complain: (sentence: string) => void;
  /** The program that sends; another one in tests only. */
  readonly program?: string;
}

/**
 * The protocol of `sd_notify(3)`, for units of `Type=notify`; does nothing where there is no NOTIFY_SOCKET. Node has
 * no datagram sockets of this kind, so the program `systemd-notify` sends, which needs `NotifyAccess=all` in the unit
 * (docs/decisions/service-manager.md).
 */
export function serviceNotifier(on: NotifierSurroundings): ServiceNotifier {
  const socket = on.environment['NOTIFY_SOCKET'];
  if (socket === undefined || socket === '') return silentNotifier();
  const send = sender(socket, on);
  const period = watchdogPeriod(on);
  let timer: NodeJS.Timeout | undefined;
  return {
    ready(status) {
      send(['READY=1', `STATUS=${status}`]);
      if (period === undefined || timer !== undefined) return;
      // Sent by the event loop: a service that hangs stops sending.
      timer = setInterval(() => send(['WATCHDOG=1']), period).unref();
    },
    reloading: () => send(['RELOADING=1']),
    stopping: () => send(['STOPPING=1', 'STATUS=Stopping']),
    end: () => clearInterval(timer),
  };
}

/** Half of WATCHDOG_USEC in milliseconds, as systemd advises; nothing when no watchdog waits for this process. */
function watchdogPeriod({ environment, processId }: NotifierSurroundings): number | undefined {
  const owner = environment['WATCHDOG_PID'];
  const microseconds = Number(environment['WATCHDOG_USEC']);
  if (owner !== undefined && owner !== String(processId)) return undefined;
  return Number.isSafeInteger(microseconds) && microseconds > 0 ? microseconds / 2000 : undefined;
}

/** Sends one message after another, so that READY does not overtake RELOADING. */
function sender(socket: string, on: NotifierSurroundings): (message: readonly string[]) => void {
  let last: Promise<void> = Promise.resolve();
  let told = false;
  const failed = (reason: string) => {
    if (told) return;
    told = true;
    on.complain(`systemd cannot be told how the service is: ${reason}`);
  };
  return (message) => {
    last = last.then(() => sent(message, socket, on, failed));
  };
}

async function sent(
  message: readonly string[],
  socket: string,
  { environment, program = 'systemd-notify' }: NotifierSurroundings,
  failed: (reason: string) => void,
): Promise<void> {
  const child: ChildProcess = spawn(program, ['--no-block', ...message], {
    env: { PATH: environment['PATH'] ?? '/usr/bin:/bin', NOTIFY_SOCKET: socket },
    stdio: 'ignore',
    timeout: 5000,
  });
  await new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failed(error.message);
      resolve();
    });
    child.once('exit', (code) => {
      if (code !== 0) failed(`${program} ended with ${code}`);
      resolve();
    });
  });
}

function silentNotifier(): ServiceNotifier {
  return { ready: () => {}, reloading: () => {}, stopping: () => {}, end: () => {} };
}
