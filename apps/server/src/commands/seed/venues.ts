import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'

export interface SeedVenue {
  name: string
  kind: VenueKind
  divisionCode: string
  address: string
  points: string[]
  state: 'active' | 'applied' | 'suspended'
  /** Kilometres east and north of the city's middle. */
  offset: [number, number]
}

/** Name, kind, division, points. */
type Row = [string, VenueKind, string, string[]]

const rows: Row[] = [
  ['彭城虚构广场', 'mall', '320303', ['东门', '西门', '地下车库']],
  ['徐州示例站', 'railway_station', '320303', ['出站口 1', '出站口 2']],
  ['徐州示例东站', 'railway_station', '320303', ['到达层']],
  ['示例长途汽车站', 'coach_station', '320302', ['进站口']],
  ['虚构国际机场', 'airport', '320324', ['国内到达']],
  ['示例高速查验点', 'motorway_check', '320312', ['1 号车道', '2 号车道']],
  ['示例河港', 'port', '320382', ['码头']],
  ['示例政务服务中心', 'government', '320303', ['正门']],
  ['虚构机械厂', 'enterprise', '320312', ['厂门']],
  ['示例软件园', 'enterprise', '320303', ['A 座', 'B 座']],
  ['第一示例医院', 'hospital', '320311', ['门诊入口', '急诊入口']],
  ['晨光诊所', 'clinic', '320302', ['门口']],
  ['安心药房', 'pharmacy', '320302', ['门口']],
  ['小太阳幼儿园', 'kindergarten', '320311', ['校门']],
  ['示例第一小学', 'primary_school', '320311', ['校门']],
  ['示例中学', 'middle_school', '320303', ['南门']],
  ['虚构大学', 'university', '320311', ['北门', '南门']],
  ['云龙花园小区', 'estate', '320303', ['东门', '南门']],
  ['泉山人家小区', 'estate', '320311', ['正门']],
  ['示例村', 'village', '320312', ['村口']],
  ['公交 1 路（示例）', 'bus', '320302', ['车厢']],
  ['地铁示例线', 'metro', '320303', ['彭城站 A 口', '彭城站 B 口']],
  ['示例出租车', 'taxi', '320302', ['车内']],
  ['汉风酒店（示例）', 'lodging', '320303', ['大堂']],
  ['湖畔民宿（示例）', 'lodging', '320311', ['门口']],
  ['老街地锅鸡（示例）', 'catering', '320302', ['门口']],
  ['虚构面馆', 'catering', '320303', ['门口']],
  ['惠民超市（示例）', 'supermarket', '320311', ['入口']],
  ['便民小店（示例）', 'retail', '320305', ['门口']],
  ['示例农贸市场', 'market', '320302', ['北门', '南门']],
  ['示例博物馆', 'culture_leisure', '320311', ['入口']],
  ['虚构影城', 'culture_leisure', '320303', ['检票口']],
  ['湖滨健身（示例）', 'culture_leisure', '320311', ['前台']],
  ['示例寺', 'worship', '320303', ['山门']],
  ['新城工地（示例）', 'construction_site', '320303', ['1 号门']],
  ['丰县示例超市', 'supermarket', '320321', ['入口']],
  ['沛县示例卫生院', 'hospital', '320322', ['入口']],
  ['新沂示例宾馆', 'lodging', '320381', ['大堂']],
  ['邳州示例饭店', 'catering', '320382', ['门口']],
  ['贾汪示例社区中心', 'estate', '320305', ['门口']],
]

const waiting: Row[] = [
  ['新开小吃店（示例）', 'catering', '320303', ['门口']],
  ['云龙书店（示例）', 'retail', '320303', ['门口']],
]

const toVenue = (row: Row, index: number, state: SeedVenue['state']): SeedVenue => ({
  name: row[0],
  kind: row[1],
  divisionCode: row[2],
  address: `虚构路 ${index * 7 + 1} 号`,
  points: row[3],
  state,
  offset: [((index * 37) % 60) / 10 - 3, ((index * 53) % 60) / 10 - 3],
})

/** Some forty invented venues of all kinds; two wait for review, one is suspended. */
export const seedVenues: SeedVenue[] = [
  ...rows.map((row, index) => toVenue(row, index, row[0] === '湖滨健身（示例）' ? 'suspended' : 'active')),
  ...waiting.map((row, index) => toVenue(row, rows.length + index, 'applied')),
]
