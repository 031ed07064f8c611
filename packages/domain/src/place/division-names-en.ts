import { DIVISION_PINYIN_LINES } from './division-pinyin-data.ts'

// English names of divisions: what a place is called, then what kind of place it is. Only the server reads this: the names are far
// too many for the first load of an app.

/** Names that no rule makes. */
const WHOLE: Record<string, string> = {
  北京市: 'Beijing Municipality',
  天津市: 'Tianjin Municipality',
  上海市: 'Shanghai Municipality',
  重庆市: 'Chongqing Municipality',
  内蒙古自治区: 'Inner Mongolia Autonomous Region',
  广西壮族自治区: 'Guangxi Zhuang Autonomous Region',
  西藏自治区: 'Xizang (Tibet) Autonomous Region',
  宁夏回族自治区: 'Ningxia Hui Autonomous Region',
  新疆维吾尔自治区: 'Xinjiang Uygur Autonomous Region',
  香港特别行政区: 'Hong Kong SAR',
  澳门特别行政区: 'Macao SAR',
  台湾省: 'Taiwan Province',
  辖区: 'Districts',
  县: 'Counties',
  辖县: 'Counties',
  矿区: 'Mining District',
  郊区: 'Suburban District',
  城区: 'Urban District',
  省直辖县级行政区划: 'Directly under the province',
  自治区直辖县级行政区划: 'Directly under the autonomous region',
  大柴旦行政委员会: 'Da Qaidam Administrative Committee',
  乌拉盖管理区管委会: 'Ulgai Administrative Zone',
  保定白沟新城: 'Baoding Baigou New Town',
  神农架林区: 'Shennongjia Forestry District',
  六枝特区: 'Liuzhi Special District',
}

/** Minorities by whom an autonomous place is named, as they write themselves in English. */
const PEOPLES: Record<string, string> = {
  蒙古族: 'Mongol',
  蒙古: 'Mongol',
  回族: 'Hui',
  藏族: 'Tibetan',
  维吾尔: 'Uygur',
  苗族: 'Miao',
  彝族: 'Yi',
  壮族: 'Zhuang',
  布依族: 'Bouyei',
  朝鲜族: 'Korean',
  满族: 'Manchu',
  侗族: 'Dong',
  瑶族: 'Yao',
  白族: 'Bai',
  土家族: 'Tujia',
  哈尼族: 'Hani',
  哈萨克族: 'Kazak',
  哈萨克: 'Kazak',
  傣族: 'Dai',
  黎族: 'Li',
  傈僳族: 'Lisu',
  佤族: 'Va',
  畲族: 'She',
  拉祜族: 'Lahu',
  水族: 'Sui',
  东乡族: 'Dongxiang',
  纳西族: 'Naxi',
  景颇族: 'Jingpo',
  柯尔克孜: 'Kirgiz',
  土族: 'Tu',
  达斡尔族: 'Daur',
  仫佬族: 'Mulao',
  羌族: 'Qiang',
  布朗族: 'Blang',
  撒拉族: 'Salar',
  毛南族: 'Maonan',
  仡佬族: 'Gelao',
  锡伯: 'Xibe',
  普米族: 'Pumi',
  塔吉克: 'Tajik',
  怒族: 'Nu',
  鄂温克族: 'Ewenki',
  保安族: 'Bonan',
  裕固族: 'Yugur',
  独龙族: 'Derung',
  各族: 'Multi-ethnic',
}
const PEOPLE_NAMES = Object.keys(PEOPLES).sort((one, other) => other.length - one.length)

/** What kind of place it is, the longer endings first. */
const KINDS = [
  ['城乡一体化示范区', 'Urban-Rural Integration Demonstration Zone'],
  ['转型综合改革示范区', 'Transformation Reform Demonstration Zone'],
  ['高新技术产业开发区', 'High-tech Industrial Development Zone'],
  ['高新技术产业园区', 'High-tech Industrial Park'],
  ['高技术产业开发区', 'High-tech Industrial Development Zone'],
  ['高新技术开发区', 'High-tech Development Zone'],
  ['经济技术开发区', 'Economic and Technological Development Zone'],
  ['文化旅游创意园区', 'Cultural Tourism Park'],
  ['循环化工园区', 'Chemical Industry Park'],
  ['现代产业园区', 'Modern Industrial Park'],
  ['经济开发区', 'Economic Development Zone'],
  ['工业园区', 'Industrial Park'],
  ['示范区', 'Demonstration Zone'],
  ['管理区', 'Administrative Zone'],
  ['开发区', 'Development Zone'],
  ['自治州', 'Autonomous Prefecture'],
  ['自治县', 'Autonomous County'],
  ['自治旗', 'Autonomous Banner'],
  ['新区', 'New Area'],
  ['矿区', 'Mining District'],
  ['地区', 'Prefecture'],
  ['省', 'Province'],
  ['市', 'City'],
  ['区', 'District'],
  ['县', 'County'],
  ['盟', 'League'],
] as const

const BANNER = /^(.+?)(左翼|右翼)?([前后中左右])?旗$/
const SIDES: Record<string, string> = {
  左翼: 'Left Wing',
  右翼: 'Right Wing',
  左: 'Left',
  右: 'Right',
  前: 'Front',
  后: 'Rear',
  中: 'Middle',
}

const readNames = (): ReadonlyMap<string, string> =>
  new Map(
    DIVISION_PINYIN_LINES.flatMap((line) =>
      line.split(',').map((entry): [string, string] => {
        const [, name = '', english = ''] = /^([^ -~\u00c0-\u024f]+)(.+)$/.exec(entry) ?? []
        return [name, english]
      }),
    ),
  )
let names: ReadonlyMap<string, string> | undefined
const find = (name: string): string | undefined => {
  names ??= readNames()
  return names.get(name)
}

const bannerEn = (name: string): string | undefined => {
  const [, place = '', wing, side] = BANNER.exec(name) ?? []
  const english = find(place)
  if (!english) return undefined
  return [english, wing && SIDES[wing], side && SIDES[side], 'Banner'].filter(Boolean).join(' ')
}

/** The place before the peoples by whom it is named, and these. */
const splitPeoples = (text: string): { place: string; peoples: string[] } => {
  const last = PEOPLE_NAMES.find((people) => text.endsWith(people))
  if (!last) return { place: text, peoples: [] }
  const { place, peoples } = splitPeoples(text.slice(0, -last.length))
  return { place, peoples: [...peoples, PEOPLES[last] ?? ''] }
}

const joinPeoples = (peoples: readonly string[]): string =>
  peoples.length < 2 ? peoples.join('') : `${peoples.slice(0, -1).join(', ')} and ${peoples.at(-1)}`

const autonomousEn = (text: string, kind: string): string | undefined => {
  const { place, peoples } = splitPeoples(text)
  const english = place === '' ? '' : find(place)
  if (english === undefined) return undefined
  return [english, joinPeoples(peoples), kind].filter((part) => part !== '').join(' ')
}

/**
 * The English name of a province, city, county or zone: "Xi’an City", "Enshi Tujia and Miao Autonomous Prefecture".
 * @returns undefined for a name that did not come with the programme
 */
export const divisionNameEn = (name: string): string | undefined => {
  if (Object.hasOwn(WHOLE, name)) return WHOLE[name]
  if (name.endsWith('旗') && !name.endsWith('自治旗')) return bannerEn(name)
  for (const [ending, kind] of KINDS) {
    if (!name.endsWith(ending)) continue
    const text = name.slice(0, -ending.length)
    if (ending.startsWith('自治')) return autonomousEn(text, kind)
    const english = find(text) ?? find(text.replace(/市$/, ''))
    if (english) return `${english} ${kind}`
  }
  return undefined
}
