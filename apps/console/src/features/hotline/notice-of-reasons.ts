import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { TFunction } from 'i18next'

type Draft = Call<'addAnnouncement'>['body']['draft']
type Reason = HotlineDesk['policy']['wrapUps'][number]

/** So many reasons at most: whoever reads it on a phone reads no further. */
const MOST = 5

/** What people called about in the last hour, most first, that a notice can answer. */
export const answeredReasons = ({ policy, lastHour }: HotlineDesk): { reason: Reason; words: Texts }[] =>
  lastHour.flatMap(({ key }) => {
    const reason = policy.wrapUps.find((each) => each.key === key)
    const ready = policy.readyAnswers.find((each) => each.key === reason?.answer)
    return reason && ready ? [{ reason, words: ready.words }] : []
  })

type Texts = { zh: string; en: string }
interface Speaking {
  zh: TFunction
  en: TFunction
}

/**
 * A question with its answer, made of the reasons of the last hour: a draft, which whoever presses the button reads over, and
 * somebody else releases. Undefined where no reason has an answer.
 */
export const draftOfReasons = (
  desk: HotlineDesk,
  { zh, en }: Speaking,
  issuedBy: string,
  today: string,
): Draft | undefined => {
  const told = answeredReasons(desk).slice(0, MOST)
  const [first] = told
  if (!first) return undefined
  const body = (language: keyof Texts): string =>
    told.map(({ reason, words }) => `## ${reason.title[language]}\n\n${words[language]}`).join('\n\n')
  return {
    title: {
      zh: zh('hotline.noticeTitle', { reason: first.reason.title.zh }),
      en: en('hotline.noticeTitle', { reason: first.reason.title.en }),
    },
    bodyZh: `${zh('hotline.noticeLead')}\n\n${body('zh')}`,
    bodyEn: `${en('hotline.noticeLead')}\n\n${body('en')}`,
    issuedBy: { zh: issuedBy, en: '' },
    ...{ issuedOn: today, urgent: false, audience: 'everybody', sendTexts: false },
    ...{ divisionCodes: [], venueKinds: [], policyRows: [] },
  }
}
