/** What commander leaves in an option's place. */
export type OptionValue = string | boolean | readonly string[] | undefined;

/** Arguments and options of one call, by the names that their definitions have. */
export class Given {
  readonly #arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly #options: Readonly<Record<string, OptionValue>>;

  constructor(
    byPlace: Readonly<Record<string, string | readonly string[] | undefined>>,
    options: Readonly<Record<string, OptionValue>>,
  ) {
    this.#arguments = byPlace;
    this.#options = options;
  }

  /** The one value of an argument. */
  argument(name: string): string {
    return this.arguments(name)[0] ?? '';
  }

  /** All values of an argument. */
  arguments(name: string): readonly string[] {
    return [this.#arguments[name] ?? []].flat();
  }

  /** The value of an option such as `--file`; the last one where it was repeated. */
  text(option: string): string | undefined {
    return this.texts(option).at(-1);
  }

  /** All values of an option. */
  texts(option: string): readonly string[] {
    const value = this.#options[option];
    return typeof value === 'boolean' ? [] : [value ?? []].flat();
  }

  /** Whether a switch is on. */
  has(option: string): boolean {
    return this.#options[option] === true;
  }
}
