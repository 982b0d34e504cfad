import { InspectorError } from '../errors/inspector-error.ts';

/** A rule wants the introspection to fail, with the very words of the rule; nothing is put in front of them. */
export class IntrospectionFailed extends InspectorError {
  constructor(message: string) {
    super('invalid', message);
  }
}
