const roleOf = (operator) => [operator.roles ?? operator.role ?? []].flat().join(', ')

const list = (title, rows) => (rows.length > 0 ? ['', title, ...rows.map((row) => `    ${row}`)] : [])

/**
 * What a newcomer needs to see once everything runs.
 * @param demo what `jkb demo --json` printed, or undefined where there is no fictional city
 */
export const welcome = ({ port, sandboxPort, origin, dataDirectory, seconds, demo }) => {
  const own = `http://localhost:${port}`
  const sandbox = `http://localhost:${sandboxPort}/`
  const citizens = (demo?.citizens ?? []).slice(0, 4).map((citizen) => {
    const about = [citizen.name, citizen.note ?? citizen.colour].filter(Boolean).join('  ')
    return `${citizen.phone}  ${about}`
  })
  const operators = (demo?.operators ?? [])
    .slice(0, 12)
    .map(
      (operator) =>
        `${operator.username.padEnd(16)} ${operator.password}  TOTP ${operator.totpSecret}  ${roleOf(operator)}`,
    )
  const venues = (demo?.venues ?? []).slice(0, 3).map((venue) => `${venue.link ?? venue.url}  ${venue.name}`)
  return [
    '',
    `健康宝已就绪 Jiankangbao is ready (${seconds} s)`,
    '',
    `  市民端 Citizen app       ${own}/`,
    `  管理台 Console           ${own}/console/`,
    `  短信验证码 SMS codes     ${sandbox}`,
    ...(origin === own ? [] : [`  公开地址 Public origin   ${origin}`]),
    `  数据与日志 Data, logs    ${dataDirectory}`,
    ...list('  市民 Citizens (手机号 phone; the code appears on the SMS page):', citizens),
    ...list('  工作人员 Operators (password, second factor):', operators),
    ...list('  场所码 Venue codes:', venues),
    ...(demo ? ['', '  全部 All: npm run jkb -- demo'] : []),
    '',
    '按 Ctrl-C 停止，数据保留。Ctrl-C stops everything and keeps the data.',
  ].join('\n')
}
