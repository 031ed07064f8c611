-- Without it every step would look through all persons that were filled before.
-- outside a transaction
create index concurrently if not exists persons_unfilled on persons (person_id) where registered_on is null;
