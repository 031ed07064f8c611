import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { closeDataDirectory } from '../keys/data-directory.ts'

/** The fictional city's sign-ins and doors: all that a newcomer, a journey or a load driver needs. */
export interface Demo {
  fictional: true
  citizens: {
    phone: string
    name: string
    colour: string
    members: number
    documentType: string
    documentNumber: string
  }[]
  /** Of the one device that all citizens have proved to be theirs: they sign in there with an SMS code alone. */
  deviceSecret: string
  operators: {
    username: string
    password: string
    totpSecret: string
    roles: string[]
    divisionCode: string
  }[]
  venues: {
    name: string
    point: string
    kind: string
    state: string
    pointId: string
    code: string
    link: string
  }[]
  /** Systems that push, with their keys: the sandbox acts as them. */
  partners: { name: string; kind: 'laboratory' | 'province'; key: string }[]
}

const demoPath = (dataDirectory: string) => join(dataDirectory, 'demo.json')

export const writeDemo = (dataDirectory: string, demo: Demo): void => {
  closeDataDirectory(dataDirectory)
  writeFileSync(demoPath(dataDirectory), JSON.stringify(demo, null, 2), { mode: 0o600 })
  chmodSync(demoPath(dataDirectory), 0o600)
}

/** @throws Error with the way out where no demonstration city was made */
const readDemo = (dataDirectory: string): Demo => {
  const path = demoPath(dataDirectory)
  if (!existsSync(path))
    throw new Error(
      '没有演示数据；请先运行 npm start。There is no demonstration city here; run `npm start` first.',
    )
  return JSON.parse(readFileSync(path, 'utf8')) as Demo
}

const codeNow = (totpSecret: string): string => new TOTP({ secret: totpSecret }).generate()

/** `jkb demo`: as JSON, or as a page to read. */
export const showDemo = (dataDirectory: string, asJson: boolean): string => {
  const demo = readDemo(dataDirectory)
  if (asJson)
    return JSON.stringify(
      {
        ...demo,
        operators: demo.operators.map((operator) => ({ ...operator, totpNow: codeNow(operator.totpSecret) })),
      },
      null,
      2,
    )
  return [
    '虚构演示城市，全部人名、场所、号码均为虚构。A fictional city: all names, places and numbers are invented.',
    '',
    '市民 Citizens',
    ...demo.citizens
      .slice(0, 20)
      .map((c) => `  ${c.phone}  ${c.colour.padEnd(6)}  ${c.name}  ${c.documentType} ${c.documentNumber}`),
    '',
    '工作人员 Operators',
    ...demo.operators.map(
      (o) =>
        `  ${o.username.padEnd(16)} ${o.password}  TOTP ${o.totpSecret} → ${codeNow(o.totpSecret)}  ${o.roles.join(', ')}`,
    ),
    '',
    '场所码 Venue codes',
    ...demo.venues.map(
      (v) => `  ${v.link}  ${v.name} ${v.point}${v.state === 'active' ? '' : ` (${v.state})`}`,
    ),
  ].join('\n')
}
