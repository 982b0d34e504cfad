"""A real Swift of Debian's packages, in a folder of its own: real_swift.py FOLDER PORT KEYSTONE_URL

Proxy, account, container and object server in one process, one replica on one "disk" that is a folder (its file
system needs extended attributes). Tokens are checked by Keystone. Prints "ready".
"""
import os
import sys

from swift.common import utils
from swift.common.wsgi import loadapp

utils.eventlet_monkey_patch()

import eventlet  # noqa: E402
from eventlet import wsgi  # noqa: E402
from swift.account.server import AccountController  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.container.server import ContainerController  # noqa: E402
from swift.obj.server import ObjectController  # noqa: E402

PROXY = '''[DEFAULT]
swift_dir = %(folder)s
[pipeline:main]
pipeline = catch_errors authtoken keystoneauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
www_authenticate_uri = %(keystone)s
auth_url = %(keystone)s
auth_type = password
username = admin
password = secret
project_name = admin
user_domain_id = default
project_domain_id = default
delay_auth_decision = true
token_cache_time = 1
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin
'''


class Quiet:
    def write(self, *args):
        pass

    def flush(self):
        pass


def serve(listener, application):
    eventlet.spawn(wsgi.server, listener, application, Quiet())


def main(folder, port, keystone):
    write(folder, 'swift.conf', '[swift-hash]\nswift_hash_path_suffix = test\n')
    write(folder, 'proxy.conf', PROXY % {'folder': folder, 'keystone': keystone})
    utils.SWIFT_CONF_FILE = os.path.join(folder, 'swift.conf')
    utils.validate_hash_conf()
    os.makedirs(os.path.join(folder, 'devices', 'd1'))
    settings = {'devices': os.path.join(folder, 'devices'), 'mount_check': 'false', 'swift_dir': folder}
    for name, controller in (
            ('account', AccountController), ('container', ContainerController), ('object', ObjectController)):
        listener = eventlet.listen(('127.0.0.1', 0))
        make_ring(folder, name, listener.getsockname()[1])
        serve(listener, controller(settings))
    proxy = loadapp(os.path.join(folder, 'proxy.conf'))
    serve(eventlet.listen(('127.0.0.1', port)), proxy)
    print('ready', flush=True)
    while True:
        eventlet.sleep(3600)


def make_ring(folder, name, port):
    builder = RingBuilder(2, 1, 0)
    builder.add_dev({
        'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': port, 'device': 'd1', 'weight': 1.0,
        'replication_ip': '127.0.0.1', 'replication_port': port})
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, name + '.ring.gz'))


def write(folder, name, text):
    with open(os.path.join(folder, name), 'w') as target:
        target.write(text)


main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
