#!/bin/sh
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/zicht)" --username postgres <<'SQL'
create role zicht login password :'password';
create database zicht owner zicht;
SQL
