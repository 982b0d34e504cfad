import { InspectorError } from '../../errors/inspector-error.ts';

/** A regular expression that is none, or that cannot be evaluated in linear time. */
export class ExpressionError extends InspectorError {
  constructor(reason: string) {
    super('invalid', `invalid regular expression: ${reason}`);
  }
}
