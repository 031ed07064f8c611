import type { Link } from './chain.ts'

/** The texts that are sent, and what varies in each, in the order in which Tencent Cloud counts them. */
export const SMS_TEMPLATES = {
  sign_in_code: ['code', 'minutes'],
  news: [],
  announcement: ['title'],
  identity_moved: ['hotline'],
  objection_decided: ['place', 'hotline'],
  operator_activation: ['code'],
} as const

export type SmsTemplate = keyof typeof SMS_TEMPLATES

/** Which text it is and its values: clouds send nothing but templates that they have looked at. */
export type SmsWording = {
  [T in SmsTemplate]: { template: T; values: Record<(typeof SMS_TEMPLATES)[T][number], string> }
}[SmsTemplate]

/** One text: as it reads, and as the template with values that clouds want. `phone` is E.164. */
export type SmsMessage = { messageId: string; phone: string; text: string } & SmsWording

export type SmsLink = Link<SmsMessage, true>

/** The cloud's own id of each template that it has. */
export type TemplateIds = ReadonlyMap<SmsTemplate, string>

export const valuesInOrder = ({ template, values }: SmsWording): string[] =>
  SMS_TEMPLATES[template].map((name) => (values as Record<string, string>)[name] ?? '')

const FIRST = 70
const FURTHER = 67

/** Texts as carriers bill them: 70 characters, or 67 in each of several. */
export const billedTexts = (text: string): number =>
  text.length <= FIRST ? 1 : Math.ceil(text.length / FURTHER)
