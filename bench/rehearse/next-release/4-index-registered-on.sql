-- outside a transaction
create index concurrently if not exists persons_registered_on on persons (registered_on);
drop index concurrently if exists persons_unfilled;
