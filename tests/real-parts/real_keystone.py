"""A real Keystone of Debian's package, in a folder of its own: real_keystone.py FOLDER PORT

Its user is admin, with the password secret, in the project admin and the domain Default. Prints "ready".
"""
import grp
import os
import pwd
import sqlite3
import sys
from wsgiref import simple_server

SETTINGS = '''[DEFAULT]
log_file =
log_dir =
use_stderr = true
[database]
connection = sqlite:///%(folder)s/keystone.db
[fernet_tokens]
key_repository = %(folder)s/fernet
[credential]
key_repository = %(folder)s/credential
[cache]
enabled = false
[identity]
password_hash_rounds = 4
'''


class Handler(simple_server.WSGIRequestHandler):
    def log_message(self, *args):
        pass


def main(folder, port):
    settings = os.path.join(folder, 'keystone.conf')
    with open(settings, 'w') as target:
        target.write(SETTINGS % {'folder': folder})
    os.environ['OS_KEYSTONE_CONFIG_FILES'] = settings
    preparing = os.fork()
    if preparing == 0:
        prepare(settings, 'http://127.0.0.1:%d/v3' % port)
        os._exit(0)
    from keystone.server import wsgi
    if os.waitpid(preparing, 0)[1] != 0:
        sys.exit('keystone-manage failed')
    # Keystone reads over one connection while it writes over another.
    sqlite3.connect(os.path.join(folder, 'keystone.db')).execute('PRAGMA journal_mode = WAL')
    sys.argv = ['keystone']
    application = wsgi.initialize_public_application()
    server = simple_server.make_server('127.0.0.1', port, application, handler_class=Handler)
    print('ready', flush=True)
    server.serve_forever()


def prepare(settings, url):
    """What an administrator does once with keystone-manage, in one process to save time. Ends it on failure."""
    from keystone.cmd import cli
    import keystone.conf
    user = pwd.getpwuid(os.getuid()).pw_name
    group = grp.getgrgid(os.getgid()).gr_name
    for command in (
            ['db_sync'],
            ['fernet_setup', '--keystone-user', user, '--keystone-group', group],
            ['bootstrap', '--bootstrap-password', 'secret', '--bootstrap-region-id', 'RegionOne',
             '--bootstrap-admin-url', url, '--bootstrap-internal-url', url, '--bootstrap-public-url', url]):
        keystone.conf.CONF.reset()
        sys.argv = ['keystone-manage', '--config-file', settings] + command
        cli.main(argv=sys.argv, developer_config_file=None)


main(sys.argv[1], int(sys.argv[2]))
