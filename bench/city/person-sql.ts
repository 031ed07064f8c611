// A person's rows are made of SHA-256 of the seed and the person's number: as random as ciphertext and blind indexes,
// as long as the real ones, and the same every time. A value of keys/field-encryption.ts is 31 bytes (version, key id,
// nonce, tag) and the text: a name of two or three characters 6 or 9, a resident id 18, a date 10, a phone 14.

import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'

const RULESET = CITIES[DEFAULT_CITY].ruleset.id

/** Digest of person `i` for one purpose; `$3` is the seed. */
const digest = (purpose: string) => `sha256(convert_to($3::text || '${purpose}', 'UTF8') || int8send(i))`
const cipher = (random: string, textBytes: string) =>
  `'\\x010001'::bytea || substr(${random} || sha256(${random}), 1, 28 + ${textBytes})`

const REASONS: Record<'yellow' | 'red', string> = {
  yellow: JSON.stringify([
    {
      category: 'secondary_contact',
      colour: 'yellow',
      since: '2022-03-01T00:00:00.000Z',
      until: '2022-03-08T00:00:00.000Z',
      actions: ['stay_home', 'report_to_community'],
      appealable: true,
    },
  ]),
  red: JSON.stringify([
    {
      category: 'close_contact',
      colour: 'red',
      since: '2022-03-01T00:00:00.000Z',
      until: '2022-03-15T00:00:00.000Z',
      actions: ['stay_home', 'report_to_community'],
      appealable: true,
    },
  ]),
}

// 97 % green, 2 % yellow, 0.5 % red, 0.5 % none; 200 persons hold the whole mix.
const COLOUR = `case when i % 200 = 0 then 3 when i % 200 = 1 then 0 when i % 200 in (2, 3, 4, 5) then 2 else 1 end`
const REASON = `case when i % 200 = 0 then '${REASONS.red}'::jsonb when i % 200 in (2, 3, 4, 5) then '${REASONS.yellow}'::jsonb else '[]'::jsonb end`
/** Nine of ten were tested within the last three days. */
const TESTED_AT = `case when i % 10 = 9 then null else $4::timestamptz - (i * 7919 % 4320) * interval '1 minute' end`

/** One `insert … select` per table over the persons `$1` to `$2`; `$3` seed, `$4` now. */
export const personTables = {
  persons: `
insert into persons (person_id, document_type, name_encrypted, name_masked, document_number_encrypted, birth_on_encrypted, registered_at)
overriding system value
select i, 'resident_id', ${cipher('d', '6 + 3 * (i % 2)::int')}, case when i % 2 = 0 then '张*' else '李*明' end,
  ${cipher('sha256(d)', '18')}, ${cipher('sha256(d || d)', '10')}, $4::timestamptz - (i % 43200) * interval '1 minute'
from (select i, ${digest('person')} as d from generate_series($1::bigint, $2::bigint) as g(i) offset 0) p`,
  identity_documents: `
insert into identity_documents (document_index, person_id, document_type)
select ${digest('document')}, i, 'resident_id' from generate_series($1::bigint, $2::bigint) as g(i)
where $4::timestamptz is not null`,
  accounts: `
insert into accounts (account_id, phone_encrypted, phone_index, person_id, consent_version, consented_at, created_at)
overriding system value
select i, ${cipher('d', '14')}, ${digest('phone')}, i, '2022-03', t, t
from (select i, ${digest('account')} as d, $4::timestamptz - (i % 43200) * interval '1 minute' as t
  from generate_series($1::bigint, $2::bigint) as g(i) offset 0) a`,
  person_codes: `
insert into person_codes (code_id, person_id, kind, issued_at)
select substr(${digest('code')}, 1, 10), i, 'live', $4::timestamptz - (i % 43200) * interval '1 minute'
from generate_series($1::bigint, $2::bigint) as g(i)`,
  status_current: `
insert into status_current (person_id, colour, reasons, evaluated_at, next_change_at, latest_test_at, latest_test_negative, latest_negative_at, ruleset_id)
select i, colour, reasons, $4::timestamptz, case when colour in (2, 3) then $4::timestamptz + (1 + i % 13) * interval '1 day' end,
  tested_at, case when tested_at is not null then true end, tested_at, '${RULESET}'
from (select i, ${COLOUR} as colour, ${REASON} as reasons, ${TESTED_AT} as tested_at
  from generate_series($1::bigint, $2::bigint) as g(i)) s
where $3::text is not null`,
  status_changes: `
insert into status_changes (person_id, changed_at, from_colour, to_colour, reasons, cause, ruleset_id)
select i, $4::timestamptz - (i % 43200) * interval '1 minute', null, ${COLOUR}, ${REASON}, 'registration', '${RULESET}'
from generate_series($1::bigint, $2::bigint) as g(i)
where $3::text is not null`,
} as const

export type PersonTable = keyof typeof personTables
