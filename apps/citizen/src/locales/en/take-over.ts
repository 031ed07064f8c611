import type { Words } from '../words.types.ts'

export const enTakeOver: Pick<Words, 'takeOver'> = {
  takeOver: {
    title: 'Move of your identity',
    none: 'There is no move to look at.',
    moved: 'Your identity moved to another phone by a face check, {{at}}.',
    movedText:
      'If you changed phones yourself, there is nothing to do. If it was not you, object until {{until}}.',
    effect:
      'The live code then stops on both phones at once, and an office decides within two hours. Printed code and document are checked as always; the colour stays.',
    object: 'It was not me: object',
    objectAsk: 'Object?',
    late: 'The time to object is over. Go to a community office with your document, or call {{hotline}}.',
    objectedOld:
      'You objected, and the live code is stopped. An office decides by {{at}}; keep your phone at hand.',
    objectedNew:
      'The old phone objected, and the live code is stopped. An office decides by {{at}}: go there with your document, or call {{hotline}}.',
    meanwhile: 'Show your printed code or document meanwhile.',
    kept: 'An office decided: the identity stays on the new phone.',
    returned: 'An office decided: the identity is back on the old phone.',
    note: 'Your identity moved to another phone. Was it not you?',
  },
}
