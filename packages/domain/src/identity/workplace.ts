import { toHalfWidth } from '../written/characters.ts'

const MAX_WORKPLACE_POINTS = 100

export type ParsedWorkplace =
  | { ok: true; workplace: string }
  | { ok: false; reason: 'empty' | 'length' | 'characters' }

// Letters and digits of any script, and the signs that names of organisations have.
const PERMITTED = /^[\p{L}\p{M}\p{N} ()·•・.,、，。:：;；&+\-—–_/#№'’‘"“”《》〈〉「」【】[\]]+$/u
const LETTER = /\p{L}/u

/** What forms say in place of a name: nobody shares it with anybody. */
const NO_WORKPLACE = new Set(
  '无 没有 暂无 空 无单位 无工作 无工作单位 无业 待业 失业 未就业 不详 未知 未填 不清楚 退休 离休 离退休 已退休 务农 农民 在家 居家 自由职业 自由职业者 个体 个体户 个体经营 none na nil unknown unemployed retired selfemployed'.split(
    ' ',
  ),
)

/** How the name of a workplace is compared: without case, blanks and signs; the form of the company stays part of it. */
export const toWorkplaceKey = (workplace: string): string =>
  toHalfWidth(workplace)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/**
 * Reads the name of a workplace: half-width, trimmed, inner spaces single. Words that name none (无, 退休, unknown) are
 * empty.
 */
export const parseWorkplace = (raw: string): ParsedWorkplace => {
  if (raw.length > 4 * MAX_WORKPLACE_POINTS) return { ok: false, reason: 'length' }
  const workplace = toHalfWidth(raw).trim().replace(/ +/g, ' ')
  const key = toWorkplaceKey(workplace)
  if (NO_WORKPLACE.has(key) || /^[-—–/.\s]*$/.test(workplace)) return { ok: false, reason: 'empty' }
  if (!PERMITTED.test(workplace) || !LETTER.test(workplace)) return { ok: false, reason: 'characters' }
  const points = Array.from(workplace).length
  if (points < 2 || points > MAX_WORKPLACE_POINTS) return { ok: false, reason: 'length' }
  return { ok: true, workplace }
}
