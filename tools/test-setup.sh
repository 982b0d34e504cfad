#!/usr/bin/env bash
# Prepares PostgreSQL and MariaDB (or MySQL) of this machine for the tests of the three database engines: user,
# password and database `openstack_citest` on localhost, as in the original's contributor guide. Does what is
# missing, and may run again and again.
#
# What is not installed is installed from Debian or Ubuntu, as root or with sudo. To prepare a server that runs
# elsewhere, or by your own means, say where it is, and how its administrator gets in:
#
#   PostgreSQL   PGHOST, PGPORT, PGUSER, PGPASSWORD
#   MariaDB      MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_USER, MYSQL_PWD
#
# DB_USER, DB_PW and DB_NAME stand for other names. Tests look elsewhere than on localhost, or for other names, where
# INSPECTOR_TEST_POSTGRESQL and INSPECTOR_TEST_MYSQL say so; the lines that this prints are what they take.
set -euo pipefail

user="${DB_USER:-openstack_citest}"
password="${DB_PW:-openstack_citest}"
database="${DB_NAME:-openstack_citest}"
for name in "$user" "$password" "$database"; do
  [[ "$name" =~ ^[A-Za-z0-9_]+$ ]] || {
    echo "Expected DB_USER, DB_PW and DB_NAME to be letters, digits and underscores, got '$name'" >&2
    exit 2
  }
done

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install PACKAGE PROGRAM...: the package, where each of the programs (globs) is missing.
install() {
  local package="$1" program
  shift
  for program in "$@"; do
    ! compgen -G "$program" >/dev/null || return 0
  done
  command -v apt-get >/dev/null || {
    echo "Expected $*: install $package by your system's means, then run this again" >&2
    return 1
  }
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$package"
}

# start SERVICE QUESTION...: starts it where it does not answer.
start() {
  local service="$1"
  shift
  "$@" >/dev/null 2>&1 && return
  if [ -d /run/systemd/system ]; then as_root systemctl start "$service"; else as_root service "$service" start; fi
  for _ in $(seq 100); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  echo "$service does not come up; it says:" >&2
  "$@"
}

as_postgres() {
  local question=(psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres "$@")
  if [ -n "${PGHOST:-}" ]; then
    "${question[@]}"
  elif [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "${question[@]}")
  else
    (cd / && sudo -u postgres "${question[@]}")
  fi
}

prepare_postgresql() {
  if [ -z "${PGHOST:-}" ]; then
    install postgresql '/usr/lib/postgresql/*/bin/postgres' || return
    start postgresql as_postgres --command 'SELECT 1' || return
  fi
  as_postgres <<SQL || return
SET client_min_messages = warning;
SELECT 'CREATE ROLE $user' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$user') \gexec
ALTER ROLE $user LOGIN CREATEDB PASSWORD '$password';
SELECT 'CREATE DATABASE $database OWNER $user' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$database') \gexec
SQL
  local host="${PGHOST:-localhost}" port="${PGPORT:-5432}"
  PGPASSWORD="$password" psql --no-psqlrc --quiet --tuples-only --no-align --host "$host" --port "$port" \
    --username "$user" --dbname "$database" --command 'SELECT version()' || return
  echo "postgresql://$user:$password@$host:$port/$database"
}

mysql_client() {
  if command -v mariadb >/dev/null; then mariadb "$@"; else mysql "$@"; fi
}

as_mysql_root() {
  local administrator="${MYSQL_USER:-root}"
  if [ -n "${MYSQL_HOST:-}" ]; then
    mysql_client --host "$MYSQL_HOST" --protocol tcp --user "$administrator" "$@"
  elif [ "$(id -u)" -eq 0 ] || [ -n "${MYSQL_UNIX_PORT:-}" ]; then
    mysql_client --user "$administrator" "$@"
  else
    # The administrator of Debian's packages is whoever is root of the system.
    sudo "$(command -v mariadb || command -v mysql)" --user "$administrator" "$@"
  fi
}

prepare_mysql() {
  if [ -z "${MYSQL_HOST:-}" ] && [ -z "${MYSQL_UNIX_PORT:-}" ]; then
    install mariadb-server /usr/sbin/mariadbd /usr/sbin/mysqld || return
    local service=mysql
    [ ! -e /usr/sbin/mariadbd ] || service=mariadb
    start "$service" as_mysql_root --execute 'SELECT 1' || return
  fi
  # Both names: one for whoever comes from elsewhere, one because a nameless user of localhost would come first.
  as_mysql_root <<SQL || return
CREATE DATABASE IF NOT EXISTS $database;
CREATE USER IF NOT EXISTS '$user'@'localhost', '$user'@'%';
ALTER USER '$user'@'localhost' IDENTIFIED BY '$password', '$user'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON *.* TO '$user'@'localhost';
GRANT ALL PRIVILEGES ON *.* TO '$user'@'%';
SQL
  local host="${MYSQL_HOST:-127.0.0.1}" port="${MYSQL_TCP_PORT:-3306}"
  MYSQL_PWD="$password" mysql_client --host "$host" --port "$port" --protocol tcp --user "$user" --batch \
    --skip-column-names --execute 'SELECT version()' "$database" || return
  echo "mysql+pymysql://$user:$password@$host:$port/$database"
}

failed=0
prepare_postgresql || { echo "PostgreSQL is not ready" >&2; failed=1; }
prepare_mysql || { echo "MariaDB is not ready" >&2; failed=1; }
exit "$failed"
