#!/bin/sh
# Makes the passwords of a station and the addresses that hold them, once; what is there already stays.
# The folder is closed to others; the files in it are not, since Compose hands them to the containers' users
# with the modes that they have here.
set -eu

cd "$(dirname "$0")"
if [ -e secrets ]; then
  echo "docker/secrets is there already and stays as it is."
  exit 0
fi

random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# `set -e` does not see a failure inside a pipe.
owner=$(random)
server=$(random)
if [ ${#owner} -ne 48 ] || [ ${#server} -ne 48 ]; then
  echo "No random bytes were to be had from /dev/urandom." >&2
  exit 1
fi

umask 077
rm -rf secrets.new
mkdir secrets.new
printf '%s' "$owner" > secrets.new/owner-password.txt
printf 'postgres://fenghuo_owner:%s@database:5432/fenghuo\n' "$owner" > secrets.new/owner-database-url.txt
printf 'postgres://fenghuo:%s@database:5432/fenghuo\n' "$server" > secrets.new/database-url.txt
chmod 0444 secrets.new/*.txt
mv secrets.new secrets
echo "Passwords made in docker/secrets: back the folder up where only you can read it."
