import { InspectorError } from '../../../errors/inspector-error.ts';
import { valueAt } from '../../../json/json-patch.ts';
import type { RedfishAnswer, RedfishRequest } from './redfish-connection.ts';

/** The BMC's own words for why it refuses, of which it may have many. */
export function refusal({ method, path }: RedfishRequest, { status, body }: RedfishAnswer): InspectorError {
  const words = [valueAt(body, '/error/@Message.ExtendedInfo/0/Message'), valueAt(body, '/error/message')];
  const reason = words.find((word) => typeof word === 'string' && word !== '');
  const said = typeof reason === 'string' ? `: ${reason.slice(0, 500)}` : '';
  const hint = status === 401 ? '. Check redfish_username and redfish_password' : '';
  const kind = status >= 500 ? 'unavailable' : 'invalid';
  return new InspectorError(kind, `Redfish: ${method} ${path} was answered with ${status}${said}${hint}`);
}
