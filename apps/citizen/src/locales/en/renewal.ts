import type { Words } from '../words.types.ts'

export const enRenewal: Pick<Words, 'renewal'> = {
  renewal: {
    title: 'New document',
    open: 'A new passport or permit? Replace it here',
    lead: 'Replace a document that was issued anew. The old one is retired; your code, family and records stay, and the old document still finds you.',
    now: 'Registered now',
    forLife: 'The number of a resident ID card never changes: a new card needs nothing here.',
    newOne: 'The new document, as it is printed',
    toFace: 'Next: face check',
    saving: 'Asking the authority…',
    save: 'Replace the document',
    done: 'The document is replaced',
    doneText: 'The old one is retired and still finds you. Your printed code stays good.',
    differs:
      'Name, date of birth and country or region have to be those that are registered. If one of them really changed, bring both documents to a community office or call {{hotline}}: two members of staff compare them.',
    mismatch:
      'The authority does not know this document, or name and number do not match. Check letter by letter; a new document may take a day or two.',
    office: 'The new document is registered with other data',
    officeText:
      'An office compares the two within two hours, nights too. Meanwhile one of the documents has to be looked at: carry both; staff who compare them may let you pass.',
    unconfirmed:
      'Carry both documents: staff who compare them may let you pass. An office answers within two hours, nights too.',
  },
}
