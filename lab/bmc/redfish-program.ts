/**
 * A virtual BMC that speaks Redfish, to be run in the network namespace of its machine. Arguments: folder of the machine,
 * address, port; user name and password come as two lines on standard input, as other users can read arguments.
 */
import { text } from 'node:stream/consumers';
import { redfishMachine } from './redfish-machine.ts';
import { redfishServer } from './redfish-server.ts';

const [folder = '', address = '', port = ''] = process.argv.slice(2);
const [username = '', password = ''] = (await text(process.stdin)).split('\n');

redfishServer(redfishMachine(folder), { username, password }).listen(Number(port), address, () =>
  process.stdout.write('listening\n'),
);
