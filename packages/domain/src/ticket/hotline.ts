import type { LocalText } from '../status/ruleset.ts'
import { TICKET_KINDS, type TicketKind } from './ticket.ts'

/** What the hotline does on its own word only where the policy says so. */
export const HOTLINE_ACTS = ['close_after_call', 'merge_tickets'] as const
export type HotlineAct = (typeof HOTLINE_ACTS)[number]

/** How a policy of the hotline stands: one draft is open at most, and somebody else releases it. */
export const HOTLINE_POLICY_STATES = ['draft', 'released', 'dropped'] as const
export type HotlinePolicyState = (typeof HOTLINE_POLICY_STATES)[number]

/** Words ready to be read out or sent. */
export interface ReadyAnswer {
  key: string
  title: LocalText
  words: LocalText
}

/** What a call was about, said when it is over. */
export interface WrapUp {
  key: string
  title: LocalText
  /** Key of the ready answer that answers it: a notice about many such calls begins with it. */
  answer?: string
}

/** How the hotline works: norms, what it decides alone, codes and words. Written by one, released by another. */
export interface HotlinePolicy {
  /** A call is answered in time within so many seconds; so many of a hundred should be. */
  answerSeconds: number
  answerShare: number
  /** Working days from the dispatch of a ticket to its answer. */
  workingDays: Readonly<Record<TicketKind, number>>
  /** Kinds of tickets that the hotline answers itself, without any office. */
  answersAlone: readonly TicketKind[]
  actsAlone: readonly HotlineAct[]
  /** The desk is full from so many waiting calls, or open tickets of the hotline, for each operator who is there. */
  waitingPerOperator: number
  ticketsPerOperator: number
  wrapUps: readonly WrapUp[]
  readyAnswers: readonly ReadyAnswer[]
}

interface PolicyFault {
  field: string
  reason: 'duplicate' | 'unknown'
}

const repeated = (keys: readonly string[]): number => keys.findIndex((key, at) => keys.indexOf(key) !== at)

/** What does not fit together in a policy whose parts are well formed. */
export const faultOfPolicy = (policy: HotlinePolicy): PolicyFault | undefined => {
  const lists = { wrapUps: policy.wrapUps, readyAnswers: policy.readyAnswers }
  for (const [name, list] of Object.entries(lists)) {
    const at = repeated(list.map(({ key }) => key))
    if (at >= 0) return { field: `${name}.${at}.key`, reason: 'duplicate' }
  }
  const known = policy.readyAnswers.map(({ key }) => key)
  const lost = policy.wrapUps.findIndex(({ answer }) => answer !== undefined && known.indexOf(answer) < 0)
  if (lost >= 0) return { field: `wrapUps.${lost}.answer`, reason: 'unknown' }
  return undefined
}

export interface DeskLoad {
  /** Operators at the desk now. */
  present: number
  /** Calls that wait, as the exchange shows it; undefined where nobody said so lately. */
  waiting: number | undefined
  /** Tickets that nobody but the hotline has. */
  tickets: number
}

/** Whether the desk has more than it can take: by calls, by tickets, or because nobody is there for those who wait. */
export const isDeskFull = (
  { waitingPerOperator, ticketsPerOperator }: HotlinePolicy,
  { present, waiting = 0, tickets }: DeskLoad,
): boolean =>
  present === 0
    ? waiting > 0
    : waiting >= waitingPerOperator * present || tickets >= ticketsPerOperator * present

/** A policy that was released before something new came: what it does not know is as it comes with the program. */
export const completePolicy = (policy: HotlinePolicy): HotlinePolicy => ({
  ...DEFAULT_HOTLINE_POLICY,
  ...policy,
  workingDays: { ...DEFAULT_HOTLINE_POLICY.workingDays, ...policy.workingDays },
})

const workingDays = (days: Partial<Record<TicketKind, number>>): Record<TicketKind, number> => {
  const all = {} as Record<TicketKind, number>
  for (const kind of TICKET_KINDS) all[kind] = days[kind] ?? 2
  return all
}

const answer = (
  key: string,
  title: readonly [string, string],
  words: readonly [string, string],
): ReadyAnswer => ({
  key,
  title: { zh: title[0], en: title[1] },
  words: { zh: words[0], en: words[1] },
})
const wrapUp = (key: string, zh: string, en: string, of?: string): WrapUp => ({
  key,
  title: { zh, en },
  ...(of ? { answer: of } : {}),
})

/** What counts until a city has released its own: 15 seconds and 95 %, consultation two working days, complaint five. */
export const DEFAULT_HOTLINE_POLICY: HotlinePolicy = {
  answerSeconds: 15,
  answerShare: 95,
  workingDays: workingDays({ call_back: 1, venue: 5, rude_check: 5, praise: 5 }),
  answersAlone: ['question', 'call_back', 'cannot_register', 'paper_code', 'praise'],
  actsAlone: ['close_after_call', 'merge_tickets'],
  waitingPerOperator: 3,
  ticketsPerOperator: 20,
  wrapUps: [
    wrapUp('colour', '解释颜色', 'Explained a colour', 'colour'),
    wrapUp('appeal', '指引申诉', 'Showed how to appeal', 'appeal'),
    wrapUp('result', '查检测结果', 'Test result', 'result'),
    wrapUp('policy', '来返政策', 'Rules for travellers', 'policy'),
    wrapUp('register', '登记不了', 'Could not register', 'register'),
    wrapUp('new_phone', '换手机或号码', 'New phone or number', 'new_phone'),
    wrapUp('paper', '老人儿童纸质码', 'Paper code', 'paper'),
    wrapUp('data', '信息有误', 'Wrong data', 'data'),
    wrapUp('venue', '场所与查验', 'Venues and checks'),
    wrapUp('symptoms', '发热就诊', 'Fever and symptoms', 'symptoms'),
    wrapUp('silent', '无声或误拨', 'Silent or misdialled'),
    wrapUp('other', '其他', 'Other'),
  ],
  readyAnswers: [
    answer(
      'colour',
      ['颜色怎么来的', 'Where the colour comes from'],
      [
        '颜色由规则按依据计算，不由任何人单独决定。打开健康宝首页，点颜色下面的说明，可以看到依据、到什么时候、接下来做什么。条件满足后会自动变回，不用申请。',
        'The colour is worked out by rules from what is on record; nobody decides it alone. On the first screen of the app, the lines under the colour say why, until when, and what to do next. It changes back by itself once the conditions are met; you need not apply.',
      ],
    ),
    answer(
      'appeal',
      ['怎样申诉', 'How to appeal'],
      [
        '在健康宝首页颜色的说明里点“申诉”，写明情况，可附照片。由属地防控办核实，两个人办理，结果在“我的申诉”里看得到。',
        'Choose “Appeal” below the colour on the first screen, say what is wrong, and add a photo if you have one. Your district office looks into it; two people decide, and you see the result under your appeals.',
      ],
    ),
    answer(
      'result',
      ['检测结果什么时候出', 'When a result comes'],
      [
        '采样后马上能在健康宝看到已采样；结果由检测机构上传后立刻显示，一般在当晚。超过 24 小时没有结果，请告诉我们采样点和时间，我们登记核查。',
        'The app shows at once that a sample was taken. The result appears as soon as the laboratory has sent it, usually the same night. If there is none after 24 hours, tell us where and when you were sampled and we will look into it.',
      ],
    ),
    answer(
      'policy',
      ['从外地来', 'Coming from elsewhere'],
      [
        '在健康宝“来返政策”里选出发地和日期，会列出今天适用的要求和出处。请在到达前完成报备。',
        'Under “Travel rules” in the app choose where you come from and the day: it lists what applies today and where it is written. Please register before you arrive.',
      ],
    ),
    answer(
      'register',
      ['登记不了', 'Cannot register'],
      [
        '请核对姓名和证件号码与证件完全一致；收不到验证码时等一分钟再发，检查短信是否被拦截；人脸核验请在亮处、摘下口罩。仍不行可到社区窗口办理。',
        'Check that name and document number are exactly as on the document. If no code arrives, wait a minute, send again, and look among blocked messages. For the face check stand in the light without a mask. If it still fails, your community office can register you.',
      ],
    ),
    answer(
      'new_phone',
      ['换手机或号码', 'New phone or number'],
      [
        '在新手机上用短信登录，按提示再做一次本人核验就可以。号码换了，用新号码登录并完成人脸核验，原来的记录会跟过来。',
        'Sign in on the new phone by text message and prove once more that it is you. With a new number, sign in with it and pass the face check; your records come along.',
      ],
    ),
    answer(
      'paper',
      ['老人儿童没有手机', 'No phone'],
      [
        '家人可以在健康宝“家人”里代领并打印纸质码；没有家人的，带身份证到社区窗口打印。在门口出示身份证也能查验。',
        'A family member can add them in the app and print a paper code. Without family, the community office prints one against the ID card. At any door, showing the ID card is enough to be checked.',
      ],
    ),
    answer(
      'data',
      ['信息有误', 'Wrong data'],
      [
        '我们登记一张“信息有误”工单，由属地核对证件原件，两个人办理后更正。更正前后您都能在健康宝看到（打码）。',
        'We take down a ticket. Your district checks the original document, two people decide, and it is put right. You see before and after in the app, masked.',
      ],
    ),
    answer(
      'symptoms',
      ['发热就诊', 'Fever'],
      [
        '绿码也一样：发热请到发热门诊就诊，戴好口罩，不要乘公共交通。健康宝“发热门诊”里有地址、时间和电话。',
        'Green or not: with a fever go to a fever clinic, wear a mask, and do not take public transport. The app lists fever clinics with address, hours and telephone.',
      ],
    ),
  ],
}
