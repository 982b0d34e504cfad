# Prints what the ramdisk's own lookup makes of the service, and what stock zeroconf sees of it, as JSON. With
# "--register URL" it announces the service itself, as the original's conductor does, until its input ends.
import json
import sys

from ironic_lib import mdns
from oslo_config import cfg
import zeroconf

SERVICE = 'baremetal-introspection'
KIND = '_openstack._tcp.local.'

cfg.CONF([], project='none', default_config_files=[])


def look_up():
    with mdns.Zeroconf() as responder:
        url, params = responder.get_endpoint(SERVICE, skip_loopback=False)
    client = zeroconf.Zeroconf(ip_version=zeroconf.IPVersion.All)
    info = zeroconf.ServiceInfo(KIND, '%s.%s' % (SERVICE, KIND))
    found = info.request(client, 3000)
    client.close()
    return {
        'url': url,
        'params': params,
        'found': found,
        'server': info.server,
        'port': info.port,
        'addresses': sorted(info.parsed_addresses()),
        'ttl': [info.host_ttl, info.other_ttl],
        'kinds': sorted(zeroconf.ZeroconfServiceTypes.find(timeout=2)),
    }


if sys.argv[1:2] == ['--register']:
    with mdns.Zeroconf() as responder:
        responder.register_service(SERVICE, sys.argv[2])
        print('registered', flush=True)
        sys.stdin.read()
else:
    try:
        print(json.dumps(look_up()))
    except Exception as error:
        print(json.dumps({'error': '%s: %s' % (type(error).__name__, error)}))
