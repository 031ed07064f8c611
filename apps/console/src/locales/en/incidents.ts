import type { IncidentKind } from '@jiankangbao/domain/vocabulary/incidents'

interface KindWords {
  name: string
  sentence: string
}

export const incidents = {
  menu: 'Watch',
  title: 'Watch of the system',
  intro:
    'What the system found by itself and somebody has to look at. One matter is one line that counts until somebody takes note; what is about oneself is noted by another.',
  empty: 'Nothing of this kind',
  emptyHint: 'Choose another kind, or look at all',
  last: 'Last seen',
  what: 'What',
  division: 'Division',
  noted: 'Noted',
  waiting: 'Waiting',
  all: 'All',
  answers: { false: 'Waiting', true: 'Noted' },
  kind: 'Kind',
  times: '{{count}} times since {{since}}',
  acknowledge: 'Take note',
  acknowledgeHint: 'What you found out; it is kept in the audit log',
  kinds: {
    sign_in_guessing: {
      name: 'Somebody tries passwords',
      sentence:
        '{{count}} sign-ins to the account of {{operator}} failed within 15 minutes. Their own browser is not affected; ask them.',
    },
    many_lookups: {
      name: 'Many people looked at',
      sentence:
        '{{operator}} looked up {{count}} people that day, {{missed}} of them not there or refused; {{limit}} is usual. See Look-ups and the audit log.',
    },
    lookup_outside: {
      name: 'People of elsewhere looked at',
      sentence:
        '{{operator}} opened {{count}} people that day who do not belong to their division. Check the reasons and case numbers.',
    },
    code_at_two_doors: {
      name: 'One code at two doors',
      sentence:
        'One live code was shown within a minute at {{first}} and at {{second}}. It may be a picture that was passed on; both doors were told.',
    },
    code_guessing: {
      name: 'Numbers are being tried',
      sentence:
        '{{where}} {{operator}}: {{count}} numeric codes or document numbers in a minute named nobody. Check whether somebody is trying; the sum of the city only alarms.',
    },
    sms_flood: {
      name: 'Unusually many messages',
      sentence: '{{count}} messages to +{{prefix}} were asked for within an hour; sending there is paused.',
    },
    operators_recovered: {
      name: 'Activation codes from the server',
      sentence:
        'A `jkb` command on the server made {{count}} activation codes, for {{names}}. Make sure that this was decided.',
    },
    partner_flood: {
      name: 'Pushes beyond the limits',
      sentence:
        'What {{partner}} pushed would turn {{count}} people red or yellow and is held back. Check it and release or refuse it under Held pushes.',
    },
    tube_missing: {
      name: 'Tubes did not arrive',
      sentence:
        '{{count}} tubes of {{site}} were received by no laboratory 6 hours after they were sealed; {{barcode}} waits longest. Ask the site, the carrier and the laboratory.',
    },
    identity_matter_late: {
      name: 'Identity waits too long',
      sentence:
        '{{count}} possible same persons have waited for more than two hours; nobody concerned is green meanwhile.',
    },
    take_over_late: {
      name: 'Objection not decided',
      sentence:
        'Objections of old phones that wait for longer than two hours: {{count}}. Nobody concerned has a live code.',
    },
    tickets_overdue: {
      name: 'Tickets overdue',
      sentence: 'Tickets of this division that nobody answered in time: {{count}}.',
    },
    decided_in_doubt: {
      name: 'Perhaps one person decided',
      sentence:
        '{{operator}} decided what {{names}} wrote. Both used one browser or one address within 24 hours, or one of the accounts is new. Find out whether they are two people.',
    },
    field_unreadable: {
      name: 'Encrypted value unreadable',
      sentence:
        'What stands in {{field}}, row {{row}}, was not written for it: exchanged, altered, or its key is missing. Screens show ***. Run jkb keys verify on the server to find every row.',
    },
    operators_ended: {
      name: 'One person ended many accounts',
      sentence: '{{operator}} ended or narrowed {{count}} accounts within 24 hours.',
    },
    family_reported: {
      name: 'Family request reported',
      sentence:
        'Account {{account}} asked to look after people; {{count}} of them reported it. See the audit log.',
    },
  } satisfies Record<IncidentKind, KindWords>,
} as const
