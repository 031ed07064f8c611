import type { Words } from '../words.ts'
import type { matters as reference } from '../zh/matters.ts'

export const matters: Words<typeof reference> = {
  title: 'Declared, to be verified',
  states: { waiting: 'To be verified', proposed: 'Proposed', dismissed: 'Dismissed', all: 'All' },
  hint: 'What people declared and the rules want verified first. True: propose it, and a second person decides. Not true: say why.',
  causes: { verify: 'The rules ask for it', other_person: 'Declared by somebody else' },
  person: 'Person',
  might: 'What it might be',
  declared: 'Declared',
  kinds: { health: 'Health declaration', exposure: 'Exposure declaration', entry: 'Entry registration' },
  corrected: 'Corrected since: read the later declaration too',
  decided: 'Decision',
  temperature: '{{celsius}} °C',
  noSymptoms: 'No symptoms',
  contact: 'In the last 14 days met a case, a close contact, or somebody feverish from a risk area',
  toldContact: 'Told by {{by}} to be a close contact, last on {{on}}',
  fromAbroad: 'Entered from {{country}} on {{on}}',
  stay: '{{from}} to {{to}} in {{place}}',
  nothing: 'Nothing else',
  propose: 'Propose',
  proposeTitle: 'Propose: {{category}}',
  proposeHint:
    'Verified with the person or whoever told them. A second person decides; your notes are the evidence.',
  dismiss: 'Dismiss',
  dismissHint: 'The declaration does not change the code. The reason goes on record.',
  note: 'What you found out',
  done: 'Done',
  openProposals: 'See the proposals',
  empty: 'No such declarations',
  emptyHint: 'They appear in the division where the person is',
}
