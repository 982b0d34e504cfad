/** Arguments that are wrong in a way that only the command itself can tell; exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
