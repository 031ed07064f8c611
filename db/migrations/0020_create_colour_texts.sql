-- Citizens may ask for a text message when a colour of theirs changes. A row is the wish; the same row says when the next
-- text is due, so that a change is written with one update and an account never has two texts waiting.

create table colour_texts (
  account_id bigint primary key references accounts,
  asked_at timestamptz not null,
  -- The latest change to tell of.
  changed_at timestamptz,
  -- When to send, or try again; null while there is nothing to tell.
  due_at timestamptz,
  -- Of the text that is due: tries carry the same, so that the provider sends it once.
  message_id uuid,
  tries smallint not null default 0,
  sent_at timestamptz,
  check (due_at is null or (changed_at is not null and message_id is not null))
);
create index colour_texts_due on colour_texts (due_at) where due_at is not null;
comment on table colour_texts is 'Accounts that want a text message when a colour they hold changes, and when the next one is due';

grant select, insert, update, delete on colour_texts to jkb_app;
