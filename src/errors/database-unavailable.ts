import { InspectorError } from './inspector-error.ts';

/**
 * The database cannot be used for now, so that neither an end nor a failure can be recorded. What was being
 * done is left as it is, and taken up when the database is back.
 */
export class DatabaseUnavailable extends InspectorError {
  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
  }
}
