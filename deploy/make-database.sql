-- Run once, by the server's administrator, on an empty server: a role that may sign in, and a database that it owns.
-- The password comes from the environment, so that it stands in no file.
\getenv password WHEELHOUSE_DATABASE_PASSWORD
create role wheelhouse login nosuperuser nocreatedb nocreaterole noreplication password :'password';
create database wheelhouse owner wheelhouse encoding 'UTF8' locale 'C' template template0;
revoke connect on database wheelhouse from public;
