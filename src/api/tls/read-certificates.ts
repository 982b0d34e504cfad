import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InspectorError, messageOf } from '../../errors/inspector-error.ts';
import type { TlsOptions } from './tls-options.ts';

/** What the files of `[ssl]` hold, checked, as `node:tls` takes it. */
export interface Certificates {
  readonly cert: string;
  readonly key: string;
  /** Set where clients have to have a certificate. */
  readonly ca?: string;
  /** Of the server's certificate. */
  readonly notAfter: Date;
  readonly subject: string;
}

/** Gives the text of a file. */
export type ReadFile = (path: string) => string;

/**
 * Reads the files of `[ssl]` and sees to it that they belong together.
 *
 * @throws InspectorError `invalid` naming option and file.
 */
export function readCertificates(
  options: Pick<TlsOptions, 'cert_file' | 'key_file' | 'ca_file'>,
  read: ReadFile = (path) => readFileSync(path, 'utf8'),
): Certificates {
  const { cert_file, key_file, ca_file } = options;
  if (!cert_file || !key_file) {
    const missing = cert_file ? 'key_file' : 'cert_file';
    throw invalid(
      `[DEFAULT]use_ssl is true, and [ssl]${missing} is not set: set cert_file and key_file to the server's certificate and its key`,
    );
  }
  const cert = contentOf('cert_file', cert_file, read);
  const key = contentOf('key_file', key_file, read);
  const certificate = certificateOf('cert_file', cert_file, cert);
  if (!certificate.checkPrivateKey(privateKeyOf(key_file, key))) {
    throw invalid(
      `[ssl]key_file: ${key_file} is not the key of the certificate in ${cert_file}: expected a pair`,
    );
  }
  const ca = ca_file ? contentOf('ca_file', ca_file, read) : undefined;
  if (ca_file && ca !== undefined) certificateOf('ca_file', ca_file, ca);
  const { validToDate: notAfter } = certificate;
  const subject = certificate.subject.replaceAll('\n', ', ');
  return { cert, key, notAfter, subject, ...(ca === undefined ? {} : { ca }) };
}

function contentOf(option: string, path: string, read: ReadFile): string {
  try {
    return read(path);
  } catch (error) {
    throw invalid(`[ssl]${option}: cannot read ${path}: ${messageOf(error)}`, error);
  }
}

function certificateOf(option: string, path: string, content: string): X509Certificate {
  try {
    return new X509Certificate(content);
  } catch (error) {
    throw invalid(`[ssl]${option}: expected a certificate in PEM in ${path}: ${messageOf(error)}`, error);
  }
}

/** Nobody is there to be asked for a passphrase when a service starts. */
function privateKeyOf(path: string, content: string): KeyObject {
  if (/ENCRYPTED/.test(content)) {
    throw invalid(
      `[ssl]key_file: ${path} is encrypted: expected a key without a passphrase; "openssl pkey -in ${path}" writes one`,
    );
  }
  try {
    return createPrivateKey(content);
  } catch (error) {
    throw invalid(`[ssl]key_file: expected a private key in PEM in ${path}: ${messageOf(error)}`, error);
  }
}

function invalid(message: string, cause?: unknown): InspectorError {
  return new InspectorError('invalid', message, { cause });
}
