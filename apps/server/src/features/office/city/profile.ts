import { readDivisionCode } from '@jiankangbao/domain/written/division-code'

/** What a city says of itself before it begins: the file of `jkb city create`. docs/operations.md has an example. */
export interface CityProfile {
  name: { zh: string; en: string }
  /** GB/T 2260, six digits. */
  division: string
  hotline: string
  divisions: { code: string; name: string; nameEn: string }[]
  /** The rules it begins with: a document, or nothing for the ones that ship with the program. */
  ruleset?: unknown
  administrators: { username: string; displayName: string; organisation: string }[]
}

const KEYS = ['name', 'division', 'hotline', 'divisions', 'ruleset', 'administrators']
const LEVELS: Record<number, string> = { 6: 'district', 9: 'street', 12: 'community' }
const USERNAME = /^[a-z0-9][a-z0-9._-]{0,38}[a-z0-9]$/

const isText = (value: unknown, most = 100): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && !/\p{Cc}/u.test(value)

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}

const asList = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(asRecord) : []

const isPartOf = (code: string, city: string): boolean =>
  // Municipalities number their districts under another group than the city itself: 110000 and 110101.
  code !== city && code.startsWith(city.replace(/(00)+$/, ''))

const checkDivisions = (
  list: Record<string, unknown>[],
  city: string,
  say: (problem: string) => void,
): void => {
  if (list.length === 0)
    say('divisions 缺少区划：至少写出各区县。 divisions is missing: name at least the districts.')
  const codes = new Set(list.map(({ code }) => String(code)))
  if (codes.size < list.length) say('divisions 有重复的代码。 divisions names a code twice.')
  for (const [index, { code, name, nameEn }] of list.entries()) {
    const text = String(code)
    const at = `divisions[${index}]`
    if (code === undefined)
      say(`${at}.code 不是区划代码。 ${at}.code is no code of a division (GB/T 2260, GB/T 10114).`)
    else if (!isPartOf(text, city))
      say(`${at}.code ${text} 不属于本市 ${city}。 ${at}.code ${text} is no division of the city ${city}.`)
    else if (text.length > 6 && !codes.has(text.slice(0, text.length - 3)))
      say(
        `${at}.code ${text} 的上级 ${text.slice(0, text.length - 3)} 未列出。 ${at}.code ${text}: what it belongs to, ${text.slice(0, text.length - 3)}, is not listed.`,
      )
    if (!isText(name) || !isText(nameEn))
      say(`${at} 缺少 name 或 nameEn。 ${at} lacks name (Chinese) or nameEn (English).`)
  }
}

const checkAdministrators = (list: Record<string, unknown>[], say: (problem: string) => void): void => {
  if (list.length < 2)
    say(
      'administrators 至少两名系统管理员：一人停用或遗失时另一人可处理。 administrators must name at least two system administrators: one helps the other who lost a phone.',
    )
  const usernames = new Set(list.map(({ username }) => username))
  if (usernames.size < list.length)
    say('administrators 有重复的用户名。 administrators names a username twice.')
  for (const [index, { username, displayName, organisation }] of list.entries()) {
    const at = `administrators[${index}]`
    if (typeof username !== 'string' || !USERNAME.test(username))
      say(
        `${at}.username 只能用小写字母、数字、点、横线，2 至 40 位。 ${at}.username takes 2 to 40 lower-case letters, digits, dots and hyphens.`,
      )
    if (!isText(displayName) || !isText(organisation))
      say(`${at} 缺少 displayName 或 organisation。 ${at} lacks displayName or organisation.`)
  }
}

/** The profile, or everything that is wrong with the file. */
export const parseProfile = (
  content: string,
): { ok: true; profile: CityProfile } | { ok: false; problems: string[] } => {
  let read: unknown
  try {
    read = JSON.parse(content)
  } catch (error) {
    return { ok: false, problems: [`不是 JSON 文件 This is no JSON: ${(error as Error).message}`] }
  }
  const problems: string[] = []
  const say = (problem: string) => void problems.push(problem)
  const profile = asRecord(read)
  for (const key of Object.keys(profile))
    if (!KEYS.includes(key)) say(`不认识 ${key}。 ${key} is unknown; there are ${KEYS.join(', ')}.`)
  const name = asRecord(profile.name)
  if (!isText(name.zh, 40) || !isText(name.en, 40))
    say('name 缺少 zh 或 en（市名）。 name needs zh and en: the name of the city.')
  const division = readDivisionCode(String(profile.division ?? ''))
  if (division?.length !== 6)
    say('division 应为本市 6 位区划代码。 division must be the six digits of the city (GB/T 2260).')
  if (!isText(profile.hotline, 20)) say('hotline 缺少热线号码。 hotline is missing.')
  const divisions: Record<string, unknown>[] = asList(profile.divisions).map((one) => ({
    ...one,
    code: readDivisionCode(String(one.code ?? '')),
  }))
  checkDivisions(divisions, division ?? '', say)
  checkAdministrators(asList(profile.administrators), say)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, profile: { ...profile, division, divisions } as unknown as CityProfile }
}

/** The city itself and its parts, each with what it belongs to. */
export const toDivisions = ({ name, division, divisions }: CityProfile) => [
  { code: division, parentCode: null, name: name.zh, nameEn: name.en, level: 'city' },
  ...[...divisions]
    .sort((a, b) => a.code.length - b.code.length)
    .map((one) => ({
      ...one,
      parentCode: one.code.length === 6 ? division : one.code.slice(0, one.code.length - 3),
      level: LEVELS[one.code.length] ?? 'community',
    })),
]
