import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CITIES } from '@jiankangbao/city/cities'
import { seedOperators } from '../commands/seed/operators.ts'
import type { Config } from '../config.ts'
import type { Pool } from '../db/pool.ts'
import {
  type CityRow,
  countNeeds,
  findCity,
  findDemonstrationTraces,
} from '../features/office/city/city.queries.ts'
import { PUBLISHED_PASSWORDS, verifyPassword } from '../features/people/operator/credentials.ts'
import { fault, type SafetyFault } from './fault.ts'

const CREATE = ['执行 jkb city create。', 'run jkb city create.'] as const

const cityFaults = (city: CityRow | undefined, config: Config): SafetyFault[] => {
  if (!city) return [fault('database', `还没有城市：${CREATE[0]}`, `holds no city yet: ${CREATE[1]}`)]
  if (city.kind === 'demonstration')
    return [
      fault(
        'database',
        '是演示城市，口令众所周知。请新建空数据库，执行 jkb db migrate 与 jkb city create。',
        'holds a demonstration whose passwords everybody knows: make an empty database, then run jkb db migrate and jkb city create.',
      ),
    ]
  return (
    [
      ['CITY_DIVISION', config.city.divisionCode, city.division_code],
      ['CITY_NAME_ZH', config.city.nameZh, city.name_zh],
      ['CITY_NAME_EN', config.city.nameEn, city.name_en],
      ['CITY_HOTLINE', config.city.hotline, city.hotline],
    ] as const
  )
    .filter(([name, given, there]) => config.given.has(name) && given !== there)
    .map(([name, given, there]) =>
      fault(
        name,
        `为 ${given}，而数据库中的城市为 ${there}。请删除此设置，或改连正确的数据库。`,
        `is ${given}, but the city of the database has ${there}: drop the setting, or connect to the right database.`,
      ),
    )
}

const needFaults = async (pool: Pool): Promise<SafetyFault[]> => {
  const needs = await countNeeds(pool)
  const names = [
    [needs.divisions, '区划', 'divisions'],
    [needs.rulesets, '已生效的赋码规则', 'a ruleset in force'],
    [needs.policies, '通行政策', 'admission policies'],
    [needs.administrators, '系统管理员', 'a system administrator'],
  ] as const
  return names
    .filter(([count]) => count === 0)
    .map(([, zh, en]) => fault('database', `缺少${zh}：${CREATE[0]}`, `lacks ${en}: ${CREATE[1]}`))
}

const demonstrationFaults = async (pool: Pool): Promise<SafetyFault[]> => {
  const traces = await findDemonstrationTraces(
    pool,
    Object.values(CITIES).flatMap((city) => seedOperators(city).map(({ username }) => username)),
  )
  const published = []
  for (const { username, passwordHash } of traces.operators)
    for (const password of PUBLISHED_PASSWORDS)
      if (await verifyPassword(passwordHash, password)) published.push(username)
  return [
    ...(traces.division
      ? [
          fault(
            'database',
            '有演示用的虚构区划。请换一个空数据库。',
            'holds the invented divisions of the demonstration: use an empty database.',
          ),
        ]
      : []),
    ...(traces.partners.length > 0
      ? [
          fault(
            'database',
            `有演示用的推送单位（${traces.partners.join('、')}）。请执行 jkb partner revoke。`,
            `holds partners of the demonstration (${traces.partners.join(', ')}): run jkb partner revoke.`,
          ),
        ]
      : []),
    ...(published.length > 0
      ? [
          fault(
            'database',
            `操作员 ${published.join('、')} 使用公开的演示口令。请执行 jkb operator activation 让其重新设置。`,
            `has operators with the published password of the demonstration (${published.join(', ')}): run jkb operator activation for each.`,
          ),
        ]
      : []),
  ]
}

const roleFaults = async (pool: Pool): Promise<SafetyFault[]> => {
  const { rows } = await pool.query<{ strong: boolean; role: string }>(
    `select has_table_privilege('public.audit_entries', 'UPDATE, DELETE, TRUNCATE') as strong, current_user as role`,
  )
  return rows[0]?.strong
    ? [
        fault(
          'DATABASE_URL',
          `账号 ${rows[0].role} 能修改审计记录。请用 jkb_app 连接。`,
          `connects as ${rows[0].role}, who can alter the audit log: connect as jkb_app.`,
        ),
      ]
    : []
}

const fileFaults = ({ dataDirectory }: Config): SafetyFault[] =>
  existsSync(join(dataDirectory, 'demo.json'))
    ? [
        fault(
          'DATA_DIRECTORY',
          `${dataDirectory} 是演示城市的数据目录（demo.json），其中的密钥也是演示用的。请换一个空目录。`,
          `${dataDirectory} is that of a demonstration (demo.json), and so are the keys in it: choose an empty one.`,
        ),
      ]
    : []

/** What is wrong with the database and the data directory of a real city, all of it. @throws where it can not be asked */
export const findDatabaseFaults = async (pool: Pool, config: Config): Promise<SafetyFault[]> => [
  ...cityFaults(await findCity(pool), config),
  ...(await needFaults(pool)),
  ...(await demonstrationFaults(pool)),
  ...(await roleFaults(pool)),
  ...fileFaults(config),
]
