import { type OptionsOf, optionGroup, text } from '../../config/option.ts';

/** With what the API is served over TLS, where `[DEFAULT]use_ssl` asks for it. */
export const tlsOptions = optionGroup('ssl', {
  cert_file: text({
    default: null,
    deprecatedNames: [{ group: 'DEFAULT', name: 'ssl_cert_file' }],
    help: 'The certificate of the server in PEM, followed by those that vouch for it. Read again on SIGHUP.',
  }),
  key_file: text({
    default: null,
    deprecatedNames: [{ group: 'DEFAULT', name: 'ssl_key_file' }],
    help: 'The private key of the certificate in PEM, not encrypted. Read again on SIGHUP.',
  }),
  ca_file: text({
    default: null,
    deprecatedNames: [{ group: 'DEFAULT', name: 'ssl_ca_file' }],
    help: 'Certificates in PEM that vouch for clients. When it is set, a client without such a certificate is not let in.',
  }),
  version: text({
    default: null,
    help: 'TLSv1_2 or TLSv1_3 for this version alone. Unset, or SSLv23, for all from TLS 1.2 on, which older names come to as well.',
  }),
  ciphers: text({
    default: null,
    help: 'The ciphers that are offered, as a list of OpenSSL.',
  }),
});

export type TlsOptions = OptionsOf<typeof tlsOptions.options>;
