import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Pool } from '../db/pool.ts'
import { CityRefused, createCity } from '../features/office/city/city.service.ts'
import { parseProfile } from '../features/office/city/profile.ts'
import { recoverCity } from '../features/office/city/recover.service.ts'
import { activationUrl, type MadeActivation } from '../features/people/operator/activation.service.ts'
import { createFieldEncryption } from '../keys/field-encryption.ts'
import { openKeys } from '../keys/known-keys.service.ts'
import { listFaults } from '../safety/require-safe.ts'

const inShanghai = (instant: Date): string =>
  instant.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** What is handed to the operator; it is shown this once. */
export const describeActivation = (
  { username, code, expiresAt }: MadeActivation & { username: string },
  publicOrigin: string,
): string =>
  [
    `用户名 username    ${username}`,
    `激活码 code        ${code}`,
    `激活链接 link      ${activationUrl(publicOrigin, code)}`,
    `有效至 good until  ${inShanghai(expiresAt)} (Asia/Shanghai)；只能用一次 once`,
  ].join('\n')

/**
 * `jkb city create`: makes a real city of an empty database, says what is still missing and prints the codes of the first
 * administrators, once. Run again it adds what is missing.
 * @param pool as owner of the database
 */
export const createCityOf = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { profile: { type: 'string' } } })
  if (!values.profile)
    throw new Error(
      '--profile 请写明城市文件。--profile takes the file of the city; deploy/city.example.json is one.',
    )
  if (config.demo)
    throw new Error(
      '真实城市请设置 DEMO=false。Set DEMO=false for a real city; this is how the commands know.',
    )
  const parsed = parseProfile(readFileSync(values.profile, 'utf8'))
  if (!parsed.ok) throw new CityRefused(parsed.problems)
  const encryption = createFieldEncryption(await openKeys(pool, config.dataDirectory))
  const made = await createCity({ pool, encryption }, parsed.profile, config.cityProfile.ruleset, new Date())
  const faults = await listFaults(pool, config)
  // The owner runs this; the server connects as another role.
  const toDo = faults.filter(({ where, en }) => !(where === 'DATABASE_URL' && en.includes('audit log')))
  return [
    `${parsed.profile.name.zh} ${parsed.profile.name.en} (${parsed.profile.division})`,
    `区划 divisions      ${made.newDivisions} 新增 new`,
    `规则 rules          ${made.newRules ? '已安装 installed' : '原有 were there'}`,
    `管理员 administrators ${made.activations.length} 新增 new`,
    ...made.activations.flatMap((one) => ['', describeActivation(one, config.publicOrigin)]),
    '',
    ...(toDo.length > 0
      ? [
          `启动前还须处理 ${toDo.length} 项 To do before it can start (${toDo.length}):`,
          ...toDo.map(({ where, zh, en }) => `  ${where}: ${zh} ${en}`),
        ]
      : ['可以启动：node apps/server/dist/main.js serve --work。 Ready to be started.']),
  ].join('\n')
}

/** `jkb city recover`: two administrators for a city that has none left. @param pool as the server's role */
export const recoverCityOf = async (config: Config, pool: Pool, args: string[]): Promise<string> => {
  const { values } = parseArgs({ args, options: { username: { type: 'string', multiple: true } } })
  const [first, second, ...more] = values.username ?? []
  if (!first || !second || more.length > 0 || first === second)
    throw new Error(
      '请给出两个新的用户名：--username A --username B。Two new names are needed: --username A --username B.',
    )
  const encryption = createFieldEncryption(await openKeys(pool, config.dataDirectory))
  const made = await recoverCity({ pool, encryption }, [first, second], new Date())
  return made
    .flatMap((one) => [describeActivation(one, config.publicOrigin), ''])
    .join('\n')
    .trimEnd()
}
