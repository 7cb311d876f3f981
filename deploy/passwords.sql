-- The passwords of the logins, for servers that are reached over a network: each from a file under /run/secrets.
\set migrate `cat /run/secrets/auctions_migrate`
\set serve `cat /run/secrets/auctions_serve`
\set run `cat /run/secrets/auctions_run`
\set sign `cat /run/secrets/auctions_sign`
\set operate `cat /run/secrets/auctions_operate`
\set dump `cat /run/secrets/auctions_dump`
ALTER ROLE auctions_migrate PASSWORD :'migrate';
ALTER ROLE auctions_serve PASSWORD :'serve';
ALTER ROLE auctions_run PASSWORD :'run';
ALTER ROLE auctions_sign PASSWORD :'sign';
ALTER ROLE auctions_operate PASSWORD :'operate';
ALTER ROLE auctions_dump PASSWORD :'dump';
