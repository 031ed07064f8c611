import type { Words } from '../words.types.ts'

export const enProve: Pick<Words, 'prove'> = {
  prove: {
    title: 'Prove it is you',
    call: 'One more step: prove it is you',
    callText: 'This phone signs in with this number for the first time. The health code shows afterwards.',
    start: 'Prove it is you',
    waiting: 'Not proved yet',
    lead: 'This phone signs in with this number for the first time. Numbers change hands, so a text message alone is not enough. Any one of these ways will do.',
    meanwhile: 'Until then your printed code and your document are checked as always.',
    face: 'By your face',
    faceText: 'Type name and document as registered, then look into the camera yourself.',
    faceStart: 'Check my face',
    notThis:
      'Not the person registered with this number. If the number was somebody else’s before, choose “This is not me”.',
    device: 'By a phone that is signed in',
    deviceText: 'For a change of phones: on the phone that is still signed in, open “Devices” and agree.',
    deviceAsk: 'Ask that phone',
    deviceAgain: 'Ask once more',
    deviceAsked: 'Asked {{at}}. Once that phone agrees, this one goes on by itself.',
    office: 'At an office or by the hotline',
    officeText:
      'Show this number with your document at any community office. Or call {{hotline}} and read out this number and your document number; two people check them.',
    former: 'Was it somebody else’s number?',
    formerText:
      'A new number may have had an owner before. “This is not me” takes it off their registration, and you register yourself.',
    requests: 'Sign-ins that ask you',
    askedBy: '“{{name}}” wants to sign in to your account',
    askedText:
      'It has the code that was sent to your number. Agree only if it is you, on your new phone. Otherwise refuse.',
    agree: 'Agree',
    refuse: 'Refuse',
    agreeAsk: 'Let “{{name}}” sign in?',
    agreeText:
      'That phone will show your health code, your family and your records. Make sure it is in your hand.',
    agreed: 'Agreed: that phone can be used now',
    refused: 'Refused: that phone is signed out',
  },
}
