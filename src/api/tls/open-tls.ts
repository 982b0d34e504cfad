import type { SecureContextOptions, TlsOptions as ServerOptions } from 'node:tls';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import { type Clock, systemClock } from '../../host/clock.ts';
import type { Logger } from '../../logging/logger.ts';
import { type Certificates, type ReadFile, readCertificates } from './read-certificates.ts';
import type { TlsOptions } from './tls-options.ts';
import { tlsVersions } from './tls-versions.ts';

/** TLS for the API's port, for as long as the service runs. */
export interface Tls {
  /** For `node:https`. */
  readonly serverOptions: ServerOptions;
  /**
   * Reads the files again for the connections to come; those that are open stay. When the files do not work,
   * the log says so and all is as before.
   */
  reload(server: SecureServer): void;
}

/** The part of a TLS server that takes other certificates while it runs. */
export interface SecureServer {
  setSecureContext(options: SecureContextOptions): void;
}

/** Where files and time come from. */
export interface TlsSurroundings {
  readonly read?: ReadFile;
  readonly clock?: Clock;
}

/**
 * Reads and checks what `[ssl]` says.
 *
 * @throws InspectorError `invalid` naming the option that does not work.
 */
export function openTls(options: TlsOptions, log: Logger, on: TlsSurroundings = {}): Tls {
  const { isRaised } = tlsVersions(options.version);
  if (isRaised) {
    log.warning(`[ssl]version: ${options.version} is not offered any more; clients have to speak TLS 1.2`);
  }
  const readContext = () => checkedContext(options, log, on);
  return {
    serverOptions: {
      ...readContext(),
      requestCert: Boolean(options.ca_file),
      rejectUnauthorized: Boolean(options.ca_file),
      ALPNProtocols: ['http/1.1'],
    },
    reload(server) {
      try {
        server.setSecureContext(readContext());
        log.info(`The certificate in ${options.cert_file} is in use for new connections`);
      } catch (error) {
        log.error(`The certificate was not read again, the one before stays in use: ${messageOf(error)}`);
      }
    },
  };
}

function checkedContext(options: TlsOptions, log: Logger, on: TlsSurroundings): SecureContextOptions {
  const { cert, key, ca, ...about } = readCertificates(options, on.read);
  const { minVersion, maxVersion } = tlsVersions(options.version);
  warnAboutAge(about, log, on.clock ?? systemClock);
  const context: SecureContextOptions = {
    cert,
    key,
    ...(ca === undefined ? {} : { ca }),
    minVersion,
    maxVersion,
    honorCipherOrder: true,
    ...(options.ciphers ? { ciphers: options.ciphers } : {}),
  };
  try {
    // Loaded where it is needed: 15 ms and 4 MB.
    process.getBuiltinModule('node:tls').createSecureContext(context);
    return context;
  } catch (error) {
    throw new InspectorError('invalid', `[ssl]ciphers or cert_file do not work: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function warnAboutAge(
  { subject, notAfter }: Pick<Certificates, 'subject' | 'notAfter'>,
  log: Logger,
  clock: Clock,
): void {
  if (clock.now() <= notAfter) return;
  log.warning(`The certificate of ${subject} is out of date since ${notAfter.toISOString()}`);
}
