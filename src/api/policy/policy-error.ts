/**
 * The policy cannot say whether something is allowed: a file that cannot be read, rules that refer to each
 * other, a remote service that does not answer. Clients get a 500; the message is for the log.
 */
export class PolicyError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PolicyError';
  }
}
