/** The command is done, with an exit code that says something; what there was to say is said. */
export class CommandEnded extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`ended with ${exitCode}`);
    this.name = 'CommandEnded';
    this.exitCode = exitCode;
  }
}
